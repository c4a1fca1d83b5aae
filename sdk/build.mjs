// Builds the SDK: node build.mjs. Its tests: node build.mjs tests.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const define = { __VERSION__: JSON.stringify(version) };
/** Names of our own that no page, no browser and no message knows: they are made short. */
const mangleProps =
  /^(isDebugging|isStarted|lastTime|waiting|listeners|partsOf|watchThePage|whenStarted|send(Identify|Page)|isGiven|inFlight|failures|queue|sender|identity|cookies|consent|leaving|again|soon|schedule|settle|giveUp|taken|refused|postponed|told|adopt(ed)?|dropped|prefix|suffix|widest|places|said|renew|complain|lost|answeredAt|took|overtaking|disown)$/;
const browsers = {
  mangleProps,
  define,
  target: 'es2022',
  bundle: true,
  minify: true,
  legalComments: 'none',
};

async function sdk() {
  rmSync('dist', { recursive: true, force: true });
  await build({
    ...browsers,
    entryPoints: ['src/tag.ts'],
    outfile: 'dist/crowd.js',
    format: 'iife',
  });
  await build({
    ...browsers,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/crowd.mjs',
    format: 'esm',
  });
  await build({
    ...browsers,
    entryPoints: ['src/loader.ts'],
    outfile: 'dist/loader.js',
    format: 'iife',
  });
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
    define,
    packages: 'external',
    sourcemap: 'inline',
  });
}

await (process.argv[2] === 'tests' ? tests() : sdk());
