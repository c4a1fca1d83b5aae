import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

function read(file: string): Buffer {
  return readFileSync(`dist/${file}`);
}

function packed(file: string): number {
  return gzipSync(read(file), { level: 9 }).length;
}

test('the SDK is of the size that it should be', () => {
  for (const file of ['crowd.js', 'crowd.mjs']) {
    assert.ok(packed(file) <= 6 * 1024, `${file}: ${packed(file)} bytes`);
  }
  assert.ok(read('loader.js').length <= 1024, `loader.js: ${read('loader.js').length} bytes`);
});

test('integrity.json has the hash of each script, as browsers compare it', () => {
  const hash = (file: string) =>
    `sha384-${createHash('sha384').update(read(file)).digest('base64')}`;
  assert.deepEqual(
    JSON.parse(read('integrity.json').toString()),
    Object.fromEntries(['crowd.js', 'crowd.mjs', 'loader.js'].map((file) => [file, hash(file)])),
  );
});

test('the loader that the docs show is the one that is built', () => {
  const docs = readFileSync('../docs/browser.md', 'utf8');
  assert.ok(
    docs.includes(read('loader.js').toString().trim()),
    'copy dist/loader.js to docs/browser.md',
  );
});

test('nothing in it makes code of text, or writes styles into the page', () => {
  for (const file of ['crowd.js', 'crowd.mjs', 'loader.js']) {
    const found = read(file)
      .toString()
      .match(/\beval\(|new Function|innerHTML|\.style\b|document\.write/g);
    assert.equal(found, null, file);
  }
});

test('where a page is rendered on a server, the module does nothing', async () => {
  // given
  const { crowd } = await import(pathToFileURL('dist/crowd.mjs').href);
  // when
  crowd.init('demo');
  crowd.track('Rendered');
  crowd.reset();
  // then
  assert.equal(crowd.getAnonymousId(), undefined);
});
