import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { userId, uuid } from '../../src/ids.js';

test('an id is a UUID of version 7, and the time is in it', () => {
  // given
  const now = Date.parse('2025-05-20T14:16:00.123Z');
  // when
  const id = uuid(now);
  // then
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(id.replace('-', '').slice(0, 12), 16), now);
});

test('ids sort as they were made, and none comes twice', () => {
  // given
  const times = Array.from({ length: 1000 }, (_, i) => 1_747_750_560_000 + i * 7919);
  // when
  const ids = times.map((time) => uuid(time));
  // then
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(Array.from({ length: 1000 }, () => uuid(1))).size, 1000);
});

test('every placeholder that the API refuses is none here either', () => {
  // given: the list as the API has it
  const file = '../shared/core/src/main/java/crowd/core/identity/PlaceholderIds.java';
  const list = /Set\.of\(([\s\S]*?)\);/.exec(readFileSync(file, 'utf8'))![1]!;
  const words = [...list.matchAll(/"(.*?)"/g)].map(([, word]) => word!);
  // then
  assert.ok(words.includes('guest'));
  for (const word of [...words, '0000-0', '{{user.id}}', 'id ${user.id}']) {
    assert.deepEqual(
      userId(word.toUpperCase()),
      { wrong: 'is a placeholder that stands for nobody' },
      word,
    );
  }
});

test('what programs write for nobody is no user id', () => {
  for (const id of [
    '',
    '   ',
    'null',
    'NULL',
    'undefined',
    '"undefined"',
    "'null'",
    'NaN',
    'none',
    '0',
    0,
    '-1',
    'true',
    'guest',
    ' Guest ',
    'Anonymous',
    'anonymous_id',
    'anonymousId',
    'unknown',
    'user_id',
    '[object Object]',
    '00000000-0000-0000-0000-000000000000',
  ]) {
    assert.deepEqual(userId(id), { wrong: 'is a placeholder that stands for nobody' }, String(id));
  }
});

test('a user id is a string, trimmed, or a number', () => {
  assert.deepEqual(userId(' user_123 '), { id: 'user_123' });
  assert.deepEqual(userId(456), { id: '456' });
  assert.deepEqual(userId('nullable'), { id: 'nullable' });
  assert.deepEqual(userId('é'.repeat(127)), { id: 'é'.repeat(127) });
  assert.deepEqual(userId('é'.repeat(128)), { wrong: 'is longer than 255 bytes' });
  for (const [id, type] of [
    [null, 'null'],
    [undefined, 'undefined'],
    [{}, 'object'],
    [NaN, 'number'],
  ]) {
    assert.deepEqual(userId(id), { wrong: `is ${type}, and has to be a string` });
  }
});
