import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/api.js';
import { link, parse, type Route } from '../../src/route.js';
import { curlLine, tag } from '../../src/setup/lines.js';
import { detailsOf, nameOf, short, titleOf } from '../../src/text.js';
import { tokens } from '../../src/timeline/event.js';
import { entryOf } from '../../src/timeline/log.js';
import { Offsets } from '../../src/timeline/offsets.js';
import { mixedTraits } from '../../src/timeline/types.js';
import { ago, times } from '../../src/time.js';

const NOON = Date.UTC(2026, 10, 28, 12, 0, 0);

function event(more: Partial<Event>): Event {
  const timestamp = new Date(NOON).toISOString();
  return {
    message_id: 'm1',
    type: 'track',
    properties: {},
    timestamp,
    received_at: timestamp,
    before_identify: false,
    ...more,
  };
}

test('a link leads back to its route, whatever the id', () => {
  for (const id of ['user_123', 'a/b?c#d', '../..', '%', '%2F', 'ä ö', '"><script>', '?query=x']) {
    const route: Route = { page: 'user', id };
    assert.deepEqual(parse(link(route)), route, id);
  }
  for (const query of ['', 'jane@acme.com', 'a&b=c', '#']) {
    assert.deepEqual(parse(link({ page: 'users', query })), { page: 'users', query });
  }
  assert.deepEqual(parse(link({ page: 'setup' })), { page: 'setup' });
  assert.deepEqual(parse(''), { page: 'users', query: '' });
  assert.deepEqual(parse('#/users/%E0%A4%A'), { page: 'user', id: '%E0%A4%A' });
});

test('a row is found by its height', () => {
  // given
  const offsets = new Offsets(4, (row) => [10, 0, 30, 5][row]!);
  // then
  assert.deepEqual(
    [0, 1, 2, 3, 4, 9].map((row) => offsets.top(row)),
    [0, 10, 10, 40, 45, 45],
  );
  assert.deepEqual(
    [-5, 0, 9, 10, 39, 40, 44, 99].map((y) => offsets.at(y)),
    [0, 0, 0, 2, 2, 3, 3, 3],
  );
  assert.equal(offsets.total, 45);
  assert.equal(new Offsets(0, () => 1).at(7), 0);
});

test('times are those of the zone, also where a day begins', () => {
  // given
  const utc = times('utc', 'en-GB');
  const midnight = Date.UTC(2026, 10, 28);
  // then
  assert.equal(utc.clock(NOON), '12:00:00');
  assert.match(utc.day(NOON), /^Saturday,? 28 November 2026$/);
  assert.equal(utc.moment(NOON), '28 Nov 2026, 12:00:00');
  assert.equal(utc.date(NOON), '28 Nov 2026');
  assert.equal(utc.name, 'UTC');
  assert.equal(utc.dayNumber(midnight) - utc.dayNumber(midnight - 1), 1);
  assert.equal(utc.dayNumber(midnight), utc.dayNumber(midnight + 86_399_999));
  const local = times('local', 'en-GB');
  const here = new Date(2026, 10, 28).getTime();
  assert.notEqual(local.dayNumber(here), local.dayNumber(here - 1));
  assert.equal(local.dayNumber(here), local.dayNumber(here + 3_600_000));
});

test('how long ago something was', () => {
  const seconds = [0, 59, 60, 7_199, 86_400, 90 * 86_400, 800 * 86_400];
  assert.deepEqual(
    seconds.map((second) => ago(NOON - second * 1_000, NOON, 'en-GB')),
    ['just now', 'just now', '1 min ago', '1 hr ago', 'yesterday', '3 mo ago', '2 yr ago'],
  );
});

test('a user is called by his name, his email, else his id', () => {
  assert.equal(nameOf({ user_id: 'u', traits: { name: 'Jane', email: 'j@x' } }), 'Jane');
  assert.equal(nameOf({ user_id: 'u', traits: { name: ' ', email: 'j@x' } }), 'j@x');
  assert.equal(nameOf({ user_id: 'u', traits: { name: 7, email: null } }), 'u');
});

test('an event is called by what it says', () => {
  assert.equal(titleOf(event({ event: 'Paid' })), 'Paid');
  assert.equal(titleOf(event({ type: 'page', name: 'Pricing' })), 'Pricing');
  assert.equal(titleOf(event({ type: 'page', properties: { path: '/a' } })), '/a');
  assert.equal(titleOf(event({ type: 'screen' })), 'screen');
  assert.equal(titleOf(event({ type: 'identify', user_id: 'u' })), 'Identified as u');
  assert.equal(titleOf(event({ type: 'group', group_id: 'acme' })), 'Group acme');
  assert.deepEqual(detailsOf(event({ properties: { a: 1, b: { c: null } } })), [
    ['a', '1'],
    ['b', '{"c":null}'],
  ]);
  assert.equal(short('a'), 'a');
});

test('JSON in pieces is the same text', () => {
  const json = JSON.stringify({ a: 'x"\\"y: {', 'b "': [-1.5e-7, true, false, null, {}], ü: '' }, null, 2);
  const pieces = tokens(json);
  assert.equal(pieces.map(([, text]) => text).join(''), json);
  assert.deepEqual(
    pieces.filter(([kind]) => kind === 'j-name').map(([, text]) => text),
    ['"a"', '"b \\""', '"ü"'],
  );
  assert.deepEqual(
    pieces.filter(([kind]) => kind === 'j-other').map(([, text]) => text),
    ['-1.5e-7', 'true', 'false', 'null'],
  );
});

test('a trait of several types is told, with the newest message of each', () => {
  // given
  const entries = [
    event({ type: 'identify', message_id: 'm5', traits: { plan: 'pro', age: 1 } }),
    event({ type: 'identify', message_id: 'm4', traits: { plan: 'free', age: null } }),
    event({ type: 'identify', message_id: 'm3', traits: { plan: 2 } }),
    event({ type: 'group', message_id: 'm2', traits: { plan: false } }),
    event({ type: 'identify', message_id: 'm1', traits: { plan: 1, age: 2 } }),
  ].map(entryOf);
  // then
  assert.deepEqual(mixedTraits(entries), [
    {
      name: 'plan',
      writes: [
        { type: 'string', time: NOON, messageId: 'm5' },
        { type: 'number', time: NOON, messageId: 'm3' },
      ],
    },
  ]);
});

test('the lines of the first-run page name the website', () => {
  assert.equal(
    tag('https://c.example', 'shop'),
    '<script async src="https://c.example/sdk/crowd.js" data-website="shop"></script>',
  );
  assert.equal(
    curlLine('https://c.example', 'shop'),
    `curl -X POST https://c.example/identify \\
  -H 'Content-Type: application/json' \\
  -H 'X-Crowd-Key: YOUR_SERVER_KEY' \\
  -d '{"website":"shop","user_id":"user_123","traits":{"plan":"pro"}}'`,
  );
});
