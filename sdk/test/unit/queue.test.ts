import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { uuid } from '../../src/ids.js';
import { MAX_MESSAGES, Queue } from '../../src/queue.js';
import { FakeStorage, freshStorage } from './world.js';

const NOW = Date.parse('2025-05-20T14:16:00Z');
const DAY = 24 * 3_600_000;

let storage: FakeStorage;
let dropped: string[];

beforeEach(() => {
  storage = freshStorage();
  dropped = [];
});

const newQueue = () =>
  new Queue(
    'q_',
    () => NOW,
    (text) => dropped.push(text),
  );
const texts = (queue: Queue) => queue.waiting().map(({ text }) => text);

test('a message is in storage before anything else happens to it', () => {
  // given
  const id = uuid(NOW);
  // when
  newQueue().add(id, '{"a":1}');
  // then
  assert.deepEqual({ ...storage }, { [`q_${id}`]: '{"a":1}' });
});

test('another page takes over what is left, oldest first, and only once', () => {
  // given
  const gone = newQueue();
  gone.add(uuid(NOW - 1), 'second');
  gone.add(uuid(NOW - 2), 'first');
  const next = newQueue();
  next.add(uuid(NOW), 'third');
  // when
  next.adopt();
  next.adopt();
  // then
  assert.deepEqual(texts(next), ['first', 'second', 'third']);
});

test('what was taken over and is gone from storage was sent by its own page', () => {
  // given
  const [own, other] = [newQueue(), newQueue()];
  own.add(uuid(NOW), 'mine');
  other.adopt();
  // when
  own.remove(own.waiting()[0]!);
  // then
  assert.deepEqual(texts(other), []);
});

test('a message of this page stays although the storage was cleared', () => {
  // given
  const queue = newQueue();
  queue.add(uuid(NOW), 'mine');
  // when
  for (const name of Object.keys(storage)) storage.removeItem(name);
  // then
  assert.deepEqual(texts(queue), ['mine']);
});

test('a message that does not fit into the storage waits in memory', () => {
  // given
  FakeStorage.room = 10;
  const queue = newQueue();
  // when
  queue.add(uuid(NOW), 'a long message');
  // then
  assert.deepEqual(texts(queue), ['a long message']);
  assert.deepEqual({ ...storage }, {});
});

test('of too many the oldest is given up, and of what is a week old all', () => {
  // given
  const queue = newQueue();
  for (let i = 0; i <= MAX_MESSAGES; i++) queue.add(uuid(NOW + i), `message ${i}`);
  const old = `q_${uuid(NOW - 7 * DAY - 1)}`;
  storage.setItem(old, 'old');
  // when
  queue.adopt();
  // then
  assert.equal(queue.waiting().length, MAX_MESSAGES);
  assert.deepEqual(dropped, ['message 0', 'old']);
  assert.equal(storage.getItem(old), null);
});

test('what is in the storage for others is left alone', () => {
  // given
  storage.setItem('cart', '[1]');
  const queue = newQueue();
  queue.add(uuid(NOW), 'mine');
  // when
  queue.clear();
  // then
  assert.deepEqual({ ...storage }, { cart: '[1]' });
});
