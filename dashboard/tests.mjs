// Bundles the tests, so that Node runs them as they are: it reads no TypeScript.
import { readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('build/test', { recursive: true, force: true });
await build({
  entryPoints: readdirSync('test', { recursive: true })
    .filter((file) => /\.(test|run)\.ts$/.test(file))
    .map((file) => `test/${file}`),
  outdir: 'build/test',
  outbase: 'test',
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
});
