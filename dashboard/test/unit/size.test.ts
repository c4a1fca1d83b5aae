import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_BYTES, sizes } from '../../sizes.mjs';

test('the dashboard is of the size that it should be', () => {
  const files = sizes('dist/');
  assert.deepEqual(files.map(({ file }) => file.replace(/.*\./, '')).sort(), ['css', 'html', 'js', 'svg']);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  assert.ok(total <= MAX_BYTES, `${total} bytes of ${MAX_BYTES}`);
});
