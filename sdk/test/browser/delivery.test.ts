import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { API } from './chromium.js';
import { type Front, openFront } from './front.js';
import { claim, eventually, timeline } from './people.js';
import { deeds, inABrowser, newTab, person, site, tagged, type Visitor, visitor } from './world.js';

inABrowser();

let front: Front;

before(async () => void (front = await openFront()));
after(() => front.close());

const TIMES = 20;

async function anonymousIdOf({ context }: Visitor): Promise<string> {
  return (await context.cookies(site.origin)).find(({ name }) => name === 'crowd_demo')!.value;
}

/** How many of the visitors, each with a connection of his own, left the event behind. */
async function delivered(leave: (one: Visitor, n: number) => Promise<void>): Promise<number> {
  let arrived = 0;
  for (let n = 0; n < TIMES; n++) {
    const one = await visitor();
    await one.page.goto(site.origin);
    await leave(one, n);
    const user = person('leaver');
    await claim(user, await anonymousIdOf(one));
    const seen = await eventually(
      () => timeline(user),
      (events) => events.some(({ event }) => event === 'Last'),
      5_000,
    );
    arrived += seen.filter(({ event }) => event === 'Last').length;
    await one.context.close();
  }
  return arrived;
}

test('the last event before a navigation arrives, on a connection that was never used', async () => {
  // given
  site.put('/', tagged({ options: { pages: false } }));
  site.put('/bare', 'a page without the SDK');
  // when
  const arrived = await delivered(async ({ page }) => {
    const left = page.waitForURL(`${site.origin}/bare`);
    await page.evaluate(`crowd.track('Last'); location.href = '/bare'`);
    await left;
  });
  // then
  assert.equal(arrived, TIMES);
});

test('the last event before the tab is closed arrives', async () => {
  // given
  site.put('/', tagged({ options: { pages: false } }));
  // when
  const arrived = await delivered(async ({ page }) => {
    await page.evaluate(`crowd.track('Last')`);
    await page.close();
  });
  // then
  assert.equal(arrived, TIMES);
});

test('no call asks for leave first, and none is longer than what may outlive a page', async () => {
  // given
  site.put('/', tagged({ endpoint: front.address }));
  const { page, run, sent } = await visitor();
  front.calls.length = 0;
  await page.goto(site.origin);
  // when
  await run(`for (let i = 0; i < 20; i++) crowd.track('Long', { text: 'é'.repeat(5000) })`);
  await sent();
  // then
  assert.deepEqual([...new Set(front.calls.map(({ method }) => method))], ['POST']);
  const longest = Math.max(...front.calls.map(({ body }) => Buffer.byteLength(body)));
  assert.ok(longest <= 64 * 1024, `${longest} bytes`);
  const messages = front.calls.flatMap(({ body }) => JSON.parse(body).batch);
  assert.equal(messages.filter(({ event }) => event === 'Long').length, 20);
});

test('an outage of 30 s with a reload in it: every event once', async () => {
  // given
  site.put('/', tagged({ endpoint: front.address }));
  const one = await visitor();
  await one.page.goto(site.origin);
  await one.sent();
  const user = person('patient');
  await one.run(`crowd.identify('${user}')`);
  await one.sent();
  // when
  front.fault = 'down';
  const end = Date.now() + 30_000;
  await one.run(`crowd.track('Before the reload')`);
  await one.page.waitForTimeout(1_000);
  await one.page.reload();
  await one.run(`crowd.track('After the reload')`);
  await one.page.waitForTimeout(end - Date.now());
  front.fault = 'none';
  // As browsers say when the network is back: the next attempt by itself may be minutes off.
  await one.run(`dispatchEvent(new Event('online'))`);
  await one.sent();
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => deeds(events).length >= 3,
  );
  assert.deepEqual(deeds(seen), ['identify', 'Before the reload', 'After the reload']);
});

for (const fault of ['busy', 'lost answer'] as const) {
  test(`a call that meets ${fault} is made again, and every event is there once`, async () => {
    // given
    site.put('/', tagged({ endpoint: front.address, options: { pages: false } }));
    const one = await visitor();
    await one.page.goto(site.origin);
    const user = person('repeater');
    front.calls.length = 0;
    front.fault = fault;
    // when
    await one.run(`crowd.identify('${user}'); crowd.track('Bought')`);
    await eventually(
      async () => front.calls.length,
      (n) => n > 0,
    );
    await one.run(`crowd.track('Sold')`);
    front.fault = 'none';
    await one.sent();
    // then
    const seen = await eventually(
      () => timeline(user),
      (events) => deeds(events).length >= 3,
    );
    assert.deepEqual(deeds(seen), ['identify', 'Bought', 'Sold']);
    // The same message is the same text each time.
    const texts = front.calls
      .flatMap(({ body }) => JSON.parse(body).batch)
      .map((m) => JSON.stringify(m));
    const ids = front.calls.flatMap(({ body }) => JSON.parse(body).batch).map((m) => m.message_id);
    assert.equal(new Set(texts).size, new Set(ids).size);
    assert.ok(ids.length > new Set(ids).size, 'nothing was sent twice');
  });
}

test('a login and a logout while a slow call is under way come after what it brings', async () => {
  // given
  site.put('/', tagged({ endpoint: front.address, options: { pages: false } }));
  const one = await visitor();
  await one.page.goto(site.origin);
  const user = person('quick');
  front.calls.length = 0;
  front.next = 'slow';
  // when
  await one.run(`crowd.track('Looked')`);
  await eventually(
    async () => front.calls.length,
    (n) => n > 0,
  );
  await one.run(`crowd.identify('${user}'); crowd.reset(); crowd.track('Of nobody')`);
  await one.sent();
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => deeds(events).length >= 2,
  );
  assert.deepEqual(deeds(seen), ['Looked (before)', 'identify']);
});

test('two tabs at once: one visitor, every event once, a logout in one is one in both', async () => {
  // given
  site.put('/', tagged({ endpoint: front.address, options: { pages: false } }));
  const left = await visitor();
  const right = await newTab(left);
  await Promise.all([left.page.goto(site.origin), right.page.goto(site.origin)]);
  const user = person('tabs');
  // when
  front.fault = 'down';
  const clicks = (tab: string) =>
    `(async () => { for (let i = 0; i < 20; i++) { crowd.track('${tab} ' + i); await new Promise((r) => setTimeout(r, 5)); } })()`;
  await Promise.all([left.run(clicks('left')), right.run(clicks('right'))]);
  front.fault = 'none';
  await left.run(`crowd.identify('${user}')`);
  await left.sent();
  const seen = await eventually(
    () => timeline(user),
    (events) => deeds(events).length >= 41,
  );
  const before = await right.anonymousId();
  await right.run(`crowd.reset()`);
  // then
  const expected = ['left', 'right'].flatMap((tab) =>
    Array.from({ length: 20 }, (_, i) => `${tab} ${i}`),
  );
  // Whether before or after the login is told by the calls of each tab alone: one may take longer.
  const names = seen.map(({ type, event }) => event ?? type);
  assert.deepEqual(names.sort(), [...expected, 'identify'].sort());
  assert.notEqual(await left.anonymousId(), before);
  assert.equal(await left.anonymousId(), await right.anonymousId());
});

test('a tab that is closed while nothing gets through leaves its events to the other', async () => {
  // given
  site.put('/', tagged({ endpoint: front.address, options: { pages: false } }));
  const left = await visitor();
  const right = await newTab(left);
  await Promise.all([left.page.goto(site.origin), right.page.goto(site.origin)]);
  const user = person('heir');
  front.fault = 'down';
  await left.run(`crowd.identify('${user}'); crowd.track('Left behind')`);
  await left.page.close();
  // when
  front.fault = 'none';
  await right.run(`dispatchEvent(new Event('online'))`);
  await right.sent();
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => deeds(events).length >= 2,
  );
  assert.deepEqual(deeds(seen), ['identify', 'Left behind']);
});

test('an event is stored before it is sent: it outlives a crash of the page', async () => {
  // given
  site.put('/', tagged({ endpoint: front.address, options: { pages: false } }));
  const one = await visitor();
  await one.page.goto(site.origin);
  const user = person('crashed');
  front.fault = 'down';
  await one.run(`crowd.identify('${user}'); crowd.track('Just before')`);
  const crashed = one.page.waitForEvent('crash');
  void one.page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  // when
  front.fault = 'none';
  const next = await newTab(one);
  await next.page.goto(site.origin);
  await next.sent();
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => deeds(events).length >= 2,
  );
  assert.deepEqual(deeds(seen), ['identify', 'Just before']);
});

test('what the API cannot take is not sent again', async () => {
  // given
  site.put('/', tagged({ website: 'nowhere', endpoint: API, options: { pages: false } }));
  const one = await visitor();
  await one.page.goto(site.origin);
  // when
  const failed = await one.run<string>(
    `new Promise((resolve) => { crowd.on('failed', (message, reason) => resolve(message.event + ': ' + reason.code)); crowd.track('Lost'); })`,
  );
  // then
  assert.equal(failed, 'Lost: website_not_found');
  assert.deepEqual(
    await one.run(`Object.keys(localStorage).filter((name) => name.includes('_q_'))`),
    [],
  );
});
