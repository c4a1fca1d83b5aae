// What a reader's browser has to fetch for the page, compressed as it is sent.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export const MAX_BYTES = 25_000;

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/** @returns {{file: string, bytes: number}[]} */
export function sizes(folder = DIST) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(html|js|css|svg)$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { file: path.slice(folder.length), bytes: gzipSync(readFileSync(path), { level: 9 }).length };
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = sizes();
  const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of all) {
    console.log(`  ${String(bytes).padStart(6)}  ${file}`);
  }
  console.log(`dashboard ${total} bytes gzip of ${MAX_BYTES}`);
  process.exitCode = total <= MAX_BYTES ? 0 : 1;
}
