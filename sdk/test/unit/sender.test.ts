import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { uuid } from '../../src/ids.js';
import { Queue } from '../../src/queue.js';
import { chunks, MAX_BODY, Sender } from '../../src/sender.js';
import { freshStorage } from './world.js';

const NOW = Date.parse('2025-05-20T14:16:00Z');

type Answer = { status: number; body?: unknown; retryAfter?: string } | 'no answer';

/** A page with a queue, an API that answers as it is told, and a clock that is moved by hand. */
class Page {
  readonly bodies: { website: string; sent_at: number; batch: { n: number }[] }[] = [];
  readonly told: string[] = [];
  readonly queue = new Queue(
    'q_',
    () => NOW,
    () => undefined,
  );
  /** By the visitor's clock, which passes only as a test says. */
  now = NOW;
  readonly sender = new Sender('/batch', 'demo', this.queue, () => this.now, {
    taken: ({ text }, { result }) => this.told.push(`${text} ${result}`),
    refused: ({ text }, { code }) => this.told.push(`${text} ${code}`),
    postponed: (status) => this.told.push(`postponed ${status}`),
  });
  private n = 0;

  constructor(private readonly answers: Answer[]) {
    freshStorage();
    Object.assign(globalThis, {
      fetch: (_: string, init: { body: string }) => this.answer(init.body),
    });
  }

  add(): void {
    this.n += 1;
    this.queue.add(uuid(NOW + this.n), JSON.stringify({ n: this.n }));
  }

  /** Lets the time pass, and what it started. */
  async pass(ms: number): Promise<void> {
    mock.timers.tick(ms);
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }

  private async answer(body: string): Promise<Response> {
    this.bodies.push(JSON.parse(body));
    const answer = this.answers.shift() ?? { status: 200, body: { results: [] } };
    if (answer === 'no answer') throw new TypeError('Failed to fetch');
    const headers = new Headers(answer.retryAfter ? { 'retry-after': answer.retryAfter } : {});
    return { status: answer.status, headers, json: async () => answer.body ?? {} } as Response;
  }
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  // The longest that a jitter can be, so that a test sees the bound.
  mock.method(Math, 'random', () => 0.999);
});

test('what is made within a moment goes in one call, in order', async () => {
  // given
  const page = new Page([]);
  page.add();
  page.sender.soon(100);
  page.add();
  page.sender.soon(100);
  // when
  await page.pass(99);
  assert.deepEqual(page.bodies, []);
  await page.pass(1);
  // then
  // not before the last of them was made, or the API took both for later than they are, and for equal
  assert.deepEqual(page.bodies, [
    { website: 'demo', sent_at: NOW + 2, batch: [{ n: 1 }, { n: 2 }] },
  ]);
  assert.deepEqual(page.told, ['{"n":1} ok', '{"n":2} ok']);
  assert.deepEqual(page.queue.waiting(), []);
});

test('what was made during a slow call comes after all that it brought', async () => {
  // given
  const page = new Page([]);
  page.queue.add(uuid(NOW), '{"n":1}');
  page.sender.soon(0);
  mock.timers.tick(0);
  // when: the answer takes 800 ms, and meanwhile, after 300, a message is made
  page.queue.add(uuid(NOW + 300), '{"n":2}');
  page.now = NOW + 800;
  await page.pass(0);
  await page.pass(0);
  // then: for the API it is as young as if it had been made when that answer came
  assert.deepEqual(
    page.bodies.map(({ sent_at }) => sent_at - NOW),
    [0, 300],
  );
  // when: a later one is made after the answer
  page.queue.add(uuid(NOW + 900), '{"n":3}');
  page.now = NOW + 1_000;
  page.sender.soon(0);
  await page.pass(0);
  // then
  assert.equal(page.bodies[2]!.sent_at, NOW + 1_000);
});

test('what was made during a call whose answer is lost comes after what it may have brought', async () => {
  // given
  const page = new Page(['no answer']);
  page.queue.add(uuid(NOW), '{"n":1}');
  page.sender.soon(0);
  mock.timers.tick(0);
  page.queue.add(uuid(NOW + 300), '{"n":2}');
  page.now = NOW + 800;
  await page.pass(0);
  // when
  page.now = NOW + 1_800;
  await page.pass(1_000);
  // then: the first, which may be there since NOW + 800, is taken for made then
  assert.deepEqual(page.bodies[1], {
    website: 'demo',
    sent_at: NOW + 1_000,
    batch: [{ n: 1 }, { n: 2 }],
  });
});

test('a call that fails is made again after 1, 2, 4 s and so on at most, up to 5 minutes', async () => {
  // given
  const page = new Page(Array.from({ length: 12 }, () => 'no answer' as const));
  page.add();
  page.sender.soon(0);
  await page.pass(0);
  const waited: number[] = [];
  // when
  for (let call = 2; call <= 12; call++) {
    let seconds = 0;
    while (page.bodies.length < call) {
      await page.pass(1000);
      seconds += 1;
    }
    waited.push(seconds);
  }
  // then
  assert.deepEqual(waited, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  assert.deepEqual(new Set(page.told), new Set(['postponed 0']));
});

test('the jitter is full: the next call may be at once', async () => {
  // given
  mock.method(Math, 'random', () => 0);
  const page = new Page(['no answer', 'no answer']);
  page.add();
  page.sender.soon(0);
  // when
  for (let i = 0; i < 3; i++) await page.pass(0);
  // then
  assert.equal(page.bodies.length, 3);
});

test('Retry-After is waited for, in seconds', async () => {
  // given
  const page = new Page([{ status: 429, retryAfter: '7' }]);
  page.add();
  page.sender.soon(0);
  await page.pass(0);
  // when
  await page.pass(6_999);
  assert.equal(page.bodies.length, 1);
  await page.pass(1);
  // then
  assert.equal(page.bodies.length, 2);
});

test('a 200 that is not of the API takes nothing: the message is sent again', async () => {
  // given
  const page = new Page([{ status: 200, body: { welcome: 'to the hotel' } }]);
  page.add();
  page.sender.soon(0);
  // when
  await page.pass(0);
  await page.pass(1_000);
  // then
  assert.deepEqual(page.told, ['postponed 200', '{"n":1} ok']);
});

for (const status of [408, 429, 500, 502, 503, 504]) {
  test(`${status} is worth another call`, async () => {
    const page = new Page([{ status }]);
    page.add();
    page.sender.soon(0);
    await page.pass(0);
    await page.pass(1_000);
    assert.deepEqual(page.told, [`postponed ${status}`, '{"n":1} ok']);
  });
}

for (const status of [400, 401, 403, 404, 413, 415, 501, 505]) {
  test(`${status} is not: the message is given up, and said to be`, async () => {
    const page = new Page([{ status, body: { code: 'why', detail: 'so' } }]);
    page.add();
    page.sender.soon(0);
    await page.pass(0);
    await page.pass(600_000);
    assert.equal(page.bodies.length, 1);
    assert.deepEqual(page.told, ['{"n":1} why']);
    assert.deepEqual(page.queue.waiting(), []);
  });
}

test('of one call each message ends as its result says; only what is to be sent again is', async () => {
  // given
  const results = [
    { result: 'ok' },
    { result: 'retry' },
    { result: 'invalid', problem: { status: 400, code: 'invalid_message', detail: '' } },
  ];
  const page = new Page([{ status: 200, body: { results }, retryAfter: '1' }]);
  for (let i = 0; i < 3; i++) page.add();
  page.sender.soon(0);
  // when
  await page.pass(0);
  await page.pass(1_000);
  // then
  assert.deepEqual(page.bodies[1]!.batch, [{ n: 2 }]);
  assert.deepEqual(page.told, ['{"n":1} ok', '{"n":3} invalid_message', '{"n":2} ok']);
});

test('who leaves takes along what is not under way yet, and no more than a browser lets', async () => {
  // given
  const page = new Page([]);
  const long = (n: number) =>
    page.queue.add(uuid(NOW + n), JSON.stringify({ n, text: 'x'.repeat(25_000) }));
  [1, 2, 3, 4, 5].forEach(long);
  // when
  page.sender.leaving();
  page.sender.leaving();
  // then
  assert.deepEqual(
    page.bodies.map(({ batch }) => batch.map(({ n }) => n)),
    [[1, 2]],
  );
});

test('chunks hold every message once, in order, and none too many', () => {
  // given
  const entries = Array.from({ length: 300 }, (_, i) => ({
    name: `${i}`,
    text: JSON.stringify({ i, text: 'é'.repeat((i * 37) % 9000) }),
  }));
  // when
  const made = chunks(entries);
  // then
  assert.deepEqual(
    made.flatMap((chunk) => chunk.entries),
    entries,
  );
  for (const { entries: some } of made) {
    const bytes = some.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
    assert.ok(bytes <= MAX_BODY, `${bytes}`);
  }
});
