// Prints what the build weighs, and fails if that is too much.
import { MAX_BYTES, sizes } from './sizes.mjs';

const all = sizes('dist/');
const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of all) {
  console.log(`dashboard/${file} ${bytes} gzip`);
}
console.log(`dashboard in all ${total} gzip, of ${MAX_BYTES}`);
process.exitCode = total <= MAX_BYTES ? 0 : 1;
