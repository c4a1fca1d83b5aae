import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/api.js';
import { entryOf } from '../../src/timeline/log.js';
import { jointsOf, rowsOf, type Joint, type Row } from '../../src/timeline/rows.js';

const UTC_DAY = (millis: number) => Math.floor(millis / 86_400_000);

function entry(timestamp: string, message_id: string) {
  const event: Event = {
    message_id,
    type: 'track',
    event: 'Clicked',
    properties: {},
    timestamp,
    received_at: timestamp,
    before_identify: false,
  };
  return entryOf(event);
}

function joint(id: string, at: string, messageId: string): Joint {
  return { id, at, messageId, how: 'joined by an identify call' };
}

function shown(rows: Row[]): string[] {
  return rows.map((row) =>
    row.kind === 'day'
      ? new Date(row.time).toISOString().slice(0, 10)
      : row.kind === 'joint'
        ? 'joint ' + row.joint.id
        : row.entry.event.message_id,
  );
}

const ENTRIES = [
  entry('2026-11-28T09:00:00Z', 'm4'),
  entry('2026-11-27T23:59:59Z', 'm3'),
  entry('2026-11-27T08:00:00Z', 'm2'),
  entry('2026-11-25T08:00:00Z', 'm1'),
];

test('each day has a heading above its newest event', () => {
  assert.deepEqual(shown(rowsOf(ENTRIES, [], true, UTC_DAY)), [
    '2026-11-28',
    'm4',
    '2026-11-27',
    'm3',
    'm2',
    '2026-11-25',
    'm1',
  ]);
});

test('a day that comes twice has two headings, and no row is taken for another', () => {
  // given
  const entries = [ENTRIES[0]!, ENTRIES[1]!, entry('2026-11-28T08:00:00Z', 'm5'), ENTRIES[2]!];
  // when
  const rows = rowsOf(entries, [joint('a', '', 'm2'), joint('b', '', 'm2')], true, UTC_DAY);
  // then
  assert.deepEqual(shown(rows), [
    '2026-11-28',
    'm4',
    '2026-11-27',
    'm3',
    '2026-11-28',
    'm5',
    '2026-11-27',
    'm2',
    'joint a',
    'joint b',
  ]);
  assert.equal(new Set(rows.map((row) => row.key)).size, rows.length);
});

test('the point of a login lies below the message that made it', () => {
  assert.deepEqual(shown(rowsOf(ENTRIES, [joint('a', '2026-11-28T10:00:00Z', 'm2')], false, UTC_DAY)), [
    '2026-11-28',
    'm4',
    '2026-11-27',
    'm3',
    'm2',
    'joint a',
    '2026-11-25',
    'm1',
  ]);
});

test('a joint whose message is no event lies at its time, once all events are there', () => {
  // given
  const joints = [
    joint('first', '2026-11-24T00:00:00Z', 'x1'),
    joint('between', '2026-11-26T12:00:00Z', 'x2'),
    joint('last', '2026-11-29T00:00:00Z', 'x3'),
  ];
  // then
  assert.deepEqual(
    shown(rowsOf(ENTRIES, joints, false, UTC_DAY)).filter((text) => text.startsWith('joint')),
    [],
  );
  assert.deepEqual(shown(rowsOf(ENTRIES, joints, true, UTC_DAY)), [
    '2026-11-29',
    'joint last',
    '2026-11-28',
    'm4',
    '2026-11-27',
    'm3',
    'm2',
    '2026-11-26',
    'joint between',
    '2026-11-25',
    'm1',
    'joint first',
  ]);
});

test('ids and users who were merged in are joints', () => {
  assert.deepEqual(
    jointsOf({
      identities: [{ anonymous_id: 'anon_1', linked_at: 't1', source: 'fingerprint', message_id: 'm1' }],
      aliases: [{ user_id: 'old_7', merged_into: 'u', merged_at: 't2', message_id: 'm2' }],
    }),
    [
      { id: 'anon_1', at: 't1', messageId: 'm1', how: 'joined by the fingerprint of a connection' },
      { id: 'old_7', at: 't2', messageId: 'm2', how: 'merged in by an alias call' },
    ],
  );
});
