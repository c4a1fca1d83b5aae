import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

function packed(file: string): number {
  return gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
}

test('the SDK is of the size that it should be', () => {
  assert.ok(packed('crowd.js') <= 6 * 1024, `${packed('crowd.js')} bytes`);
});
