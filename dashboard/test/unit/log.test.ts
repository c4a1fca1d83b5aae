import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/api.js';
import { entryOf, isSame, matching, withNewest, withOlder, type Entry } from '../../src/timeline/log.js';

function event(second: number, more: Partial<Event> = {}): Event {
  const timestamp = new Date(Date.UTC(2026, 10, 28, 12, 0, second)).toISOString();
  return {
    message_id: `m${second}`,
    type: 'track',
    event: 'Clicked',
    properties: {},
    timestamp,
    received_at: timestamp,
    before_identify: false,
    ...more,
  };
}

function log(...seconds: number[]): Entry[] {
  return seconds.map((second) => entryOf(event(second)));
}

function shown(entries: Entry[] | null): string[] | null {
  return entries && entries.map((entry) => entry.event.message_id);
}

test('a newest page puts what came since on top', () => {
  assert.deepEqual(shown(withNewest(log(3, 2, 1), log(5, 4, 3), false)), ['m5', 'm4', 'm3', 'm2', 'm1']);
});

test('a newest page puts an event that came late where it belongs', () => {
  assert.deepEqual(shown(withNewest(log(9, 5, 1), log(9, 7, 5), false)), ['m9', 'm7', 'm5', 'm1']);
});

test('a newest page takes away what is no longer in it', () => {
  assert.deepEqual(shown(withNewest(log(9, 7, 5, 1), log(9, 5), false)), ['m9', 'm5', 'm1']);
});

test('a newest page that does not end with what is known may leave a gap, and says so', () => {
  assert.equal(withNewest(log(3, 2, 1), log(9, 8, 7), false), null);
  assert.equal(withNewest(log(9, 5, 1), log(9, 7), false), null);
});

test('a newest page that is all there is, is the log', () => {
  assert.deepEqual(shown(withNewest(log(3, 2, 1), log(2), true)), ['m2']);
  assert.deepEqual(shown(withNewest(log(3), [], true)), []);
});

test('an older page shows an event once that both pages have', () => {
  assert.deepEqual(shown(withOlder(log(5, 4), log(4, 3, 2))), ['m5', 'm4', 'm3', 'm2']);
});

test('logs are the same if their events are, and on which side of the login they lie', () => {
  const before = [entryOf(event(1, { before_identify: true }))];
  assert.equal(isSame(log(2, 1), log(2, 1), 50), true);
  assert.equal(isSame(log(2, 1), log(3, 1), 50), false);
  assert.equal(isSame(log(1), before, 50), false);
});

test('a filter takes the type and every word, wherever it stands in the event', () => {
  // given
  const entries = [
    entryOf(event(4, { event: 'Order Paid', properties: { total: 49, items: [{ sku: 'A-7' }] } })),
    entryOf(event(3, { event: 'Order Placed', anonymous_id: 'anon_1' })),
    entryOf(event(2, { type: 'page', name: 'Order' })),
    entryOf(event(1, { type: 'identify', user_id: 'user_123' })),
  ];
  const found = (type: string, text: string) => shown(matching(entries, { type, text }));
  // then
  assert.deepEqual(found('', ''), ['m4', 'm3', 'm2', 'm1']);
  assert.deepEqual(found('', 'ORDER'), ['m4', 'm3', 'm2']);
  assert.deepEqual(found('track', 'order'), ['m4', 'm3']);
  assert.deepEqual(found('', 'order a-7'), ['m4']);
  assert.deepEqual(found('', ' anon_1 '), ['m3']);
  assert.deepEqual(found('', 'identified as user_123'), ['m1']);
  assert.deepEqual(found('group', ''), []);
});

test('a log that is read page by page while events come and go is at last what is stored', () => {
  // given
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  for (let round = 0; round < 300; round++) {
    const some = () => Array.from({ length: random(12) }, () => random(60));
    let seconds = new Set(some());
    const stored = () => log(...[...seconds].sort((a, b) => b - a));
    const page = 1 + random(8);
    let known = stored().slice(0, page);
    // when
    for (let step = 0; step < 12; step++) {
      seconds = new Set([...seconds].filter(() => random(12) > 0));
      some().forEach((second) => random(4) === 0 && seconds.add(second));
      const read = stored().slice(0, page);
      known = withNewest(known, read, read.length === seconds.size) ?? read;
      const last = known.at(-1);
      const older = stored().filter((entry) => last && entry.time < last.time);
      known = random(3) === 0 ? withOlder(known, older.slice(0, page)) : known;
    }
    // then
    const depth = Math.min(known.length, page);
    assert.deepEqual(shown(known.slice(0, depth)), shown(stored().slice(0, depth)), `SEED=${seed} round ${round}`);
    assert.equal(new Set(shown(known)).size, known.length, `SEED=${seed} round ${round}`);
  }
});
