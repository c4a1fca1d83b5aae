// Builds the SDK: node build.mjs. Its tests: node build.mjs tests.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const browsers = { target: 'es2019', bundle: true, minify: true, legalComments: 'none' };

async function sdk() {
  rmSync('dist', { recursive: true, force: true });
  await build({ ...browsers, entryPoints: ['src/tag.ts'], outfile: 'dist/crowd.js', format: 'iife' });
  await build({ ...browsers, entryPoints: ['src/index.ts'], outfile: 'dist/crowd.mjs', format: 'esm' });
  await build({ ...browsers, entryPoints: ['src/loader.ts'], outfile: 'dist/loader.js', format: 'iife' });
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.types.json'], { stdio: 'inherit' });
  const integrity = {};
  for (const file of ['crowd.js', 'crowd.mjs', 'loader.js']) {
    const bytes = readFileSync(`dist/${file}`);
    integrity[file] = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
    const gzip = gzipSync(bytes, { level: 9 }).length;
    console.log(`sdk/${file} ${bytes.length} bytes, ${gzip} gzip`);
  }
  writeFileSync('dist/integrity.json', `${JSON.stringify(integrity, null, 2)}\n`);
}

/** Bundled, so that Node runs them as they are: it reads no TypeScript. */
async function tests() {
  rmSync('build/test', { recursive: true, force: true });
  const entryPoints = readdirSync('test', { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file}`);
  await build({
    entryPoints,
    outdir: 'build/test',
    outbase: 'test',
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
  });
}

await (process.argv[2] === 'tests' ? tests() : sdk());
