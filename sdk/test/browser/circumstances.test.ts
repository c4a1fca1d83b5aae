import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { API } from './chromium.js';
import { type Front, openFront } from './front.js';
import { claim, eventually, profile, timeline } from './people.js';
import { deeds, inABrowser, newTab, person, site, tagged, type Visitor, visitor } from './world.js';

inABrowser();

let front: Front;

before(async () => void (front = await openFront()));
after(() => front.close());

/** Goes to a page in which a script ran before all others. */
async function visitorAt(html: string, first: string): Promise<Visitor> {
  site.put('/', html);
  const one = await visitor();
  if (first) await one.context.addInitScript(first);
  await one.page.goto(site.origin);
  return one;
}

const REFUSED = {
  cookies: `Object.defineProperty(document, 'cookie', { get: () => '', set: () => {} });`,
  storage: `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });`,
};

/** Identifies after a click, and says what is there then. */
async function clickAndLogin({ run }: Visitor, user: string): Promise<string[]> {
  await run(`crowd.track('Clicked'); crowd.identify('${user}'); crowd.track('Bought')`);
  return deeds(
    await eventually(
      () => timeline(user),
      (events) => deeds(events).length >= 3,
    ),
  );
}

const WHOLE_STORY = ['Clicked (before)', 'identify', 'Bought'];

test('cookies refused: the anonymous id stands in local storage, over a reload', async () => {
  // given
  const one = await visitorAt(tagged({}), REFUSED.cookies);
  const before = await one.anonymousId();
  // when
  await one.page.reload();
  // then
  assert.equal(await one.anonymousId(), before);
  assert.deepEqual(await clickAndLogin(one, person('no-cookies')), WHOLE_STORY);
});

test('storage refused: the anonymous id stands in the cookie, over a reload', async () => {
  // given
  const one = await visitorAt(tagged({}), REFUSED.storage);
  const before = await one.anonymousId();
  // when
  await one.page.reload();
  // then
  assert.equal(await one.anonymousId(), before);
  assert.deepEqual(await clickAndLogin(one, person('no-storage')), WHOLE_STORY);
});

test('both refused: the page has an id of its own, and everything is sent', async () => {
  // given
  const one = await visitorAt(tagged({}), REFUSED.cookies + REFUSED.storage);
  const before = await one.anonymousId();
  // then
  assert.equal(await one.anonymousId(), before);
  assert.deepEqual(await clickAndLogin(one, person('nothing')), WHOLE_STORY);
});

test('either restores the other when it was cleared', async () => {
  // given
  const one = await visitorAt(tagged({}), '');
  const before = await one.anonymousId();
  // when
  await one.context.clearCookies();
  // then
  assert.equal(await one.anonymousId(), before);
  assert.equal((await one.context.cookies()).length, 1);
  // when
  await one.run(`localStorage.clear()`);
  await one.page.reload();
  // then
  assert.equal(await one.anonymousId(), before);
  assert.ok(await one.run(`localStorage.getItem('crowd_demo').includes('${before}')`));
});

test('the hosts of a website share the anonymous id, and a logout on one is one on all', async () => {
  // given
  site.put('/', tagged({ options: { pages: false } }));
  const { port } = new URL(site.origin);
  const one = await visitor();
  const other = await newTab(one);
  await one.page.goto(`http://www.shop.localhost:${port}`);
  const id = await one.anonymousId();
  await one.run(`crowd.identify('${person('hosts')}')`);
  await other.page.goto(`http://help.shop.localhost:${port}`);
  assert.equal(await other.anonymousId(), id);
  // when
  await other.run(`crowd.reset()`);
  await one.run(`crowd.track('Of somebody else')`);
  // then
  const after = await other.anonymousId();
  assert.notEqual(after, id);
  assert.equal(await one.anonymousId(), after);
  const [cookie] = await one.context.cookies(`http://shop.localhost:${port}`);
  assert.deepEqual([cookie?.domain, cookie?.value], ['.shop.localhost', after]);
  const known = await one.run<string>(`localStorage.getItem('crowd_demo')`);
  assert.equal(JSON.parse(known).userId, undefined);
});

test('storage full: what cannot be stored is sent', async () => {
  // given
  const one = await visitorAt(tagged({}), '');
  await one.sent();
  // when
  await one.run(`{
    let text = 'x'.repeat(1024 * 1024);
    for (let n = 0; text; n++) {
      try { localStorage.setItem('full' + n, text); } catch { text = text.slice(0, text.length >> 1); }
    }
  }`);
  // then
  assert.deepEqual(await clickAndLogin(one, person('full')), WHOLE_STORY);
});

test('storage cleared by the page at logout: what waits in this page is sent all the same', async () => {
  // given
  const one = await visitorAt(tagged({ endpoint: front.address, options: { pages: false } }), '');
  const user = person('cleared');
  front.fault = 'down';
  await one.run(`crowd.track('Clicked'); crowd.identify('${user}')`);
  // when
  await one.run(`localStorage.clear(); crowd.reset()`);
  front.fault = 'none';
  await one.run(`dispatchEvent(new Event('online'))`);
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => deeds(events).length >= 2,
  );
  assert.deepEqual(deeds(seen), ['Clicked (before)', 'identify']);
});

for (const years of [-1, 1]) {
  test(`a clock that is wrong by ${years} year: the event has the server's time`, async () => {
    // given
    const wrong = years * 365 * 24 * 3_600_000;
    const one = await visitorAt(
      tagged({}),
      `{ const now = Date.now; Date.now = () => now() + ${wrong}; }`,
    );
    const user = person('clock');
    const began = Date.now();
    // when
    const story = await clickAndLogin(one, user);
    // then
    assert.deepEqual(story, WHOLE_STORY);
    for (const { timestamp } of (await timeline(user)) as any[]) {
      const off = Math.abs(Date.parse(timestamp) - began);
      assert.ok(off < 60_000, `${timestamp} is ${off} ms off`);
    }
  });
}

test('a page that is rendered ahead of its visit does nothing until it is visited', async () => {
  // given
  const one = await visitorAt(
    tagged({ endpoint: front.address }),
    `window.ahead = true;
     Object.defineProperty(document, 'prerendering', { get: () => window.ahead });`,
  );
  front.calls.length = 0;
  const user = person('ahead');
  // when
  await one.run(`crowd.track('Early'); crowd.identify('${user}')`);
  await one.page.waitForTimeout(500);
  // then
  assert.equal(await one.anonymousId(), undefined);
  assert.deepEqual(front.calls, []);
  assert.deepEqual(await one.context.cookies(), []);
  // when
  await one.run(`window.ahead = false; document.dispatchEvent(new Event('prerenderingchange'))`);
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => events.length >= 3,
  );
  assert.deepEqual(
    seen.map(({ type, event }) => event ?? type),
    ['page', 'Early', 'identify'],
  );
});

test('navigation within the page is visits; a new fragment is none', async () => {
  // given
  const one = await visitorAt(tagged({}), '');
  const user = person('routes');
  // when
  await one.run(`crowd.identify('${user}');
    history.pushState({}, '', '/a?b=1'); document.title = 'A';`);
  await one.sent();
  await one.run(`location.hash = 'part'; history.replaceState({}, '', location.href);`);
  await one.run(`location.hash = '#/route'`);
  await one.run(`history.back()`);
  await one.page.waitForTimeout(300);
  await one.sent();
  // then
  const seen: any[] = await eventually(
    () => timeline(user),
    (events) => events.length >= 5,
  );
  assert.deepEqual(
    seen.map(({ type, name, properties }) =>
      `${type} ${name ?? ''} ${properties?.path ?? ''}`.trim(),
    ),
    ['page Shop /', 'identify', 'page A /a', 'page A /a', 'page A /a'],
  );
});

test('no consent by Global Privacy Control or Do Not Track: nothing is stored or sent, until it is given', async () => {
  for (const signal of [
    `Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true });`,
    `Object.defineProperty(navigator, 'doNotTrack', { get: () => '1' });`,
  ]) {
    // given
    const one = await visitorAt(tagged({ endpoint: front.address }), signal);
    front.calls.length = 0;
    const user = person('private');
    // when
    await one.run(`crowd.track('Hidden'); crowd.identify('${user}')`);
    await one.page.waitForTimeout(400);
    // then
    assert.deepEqual(front.calls, []);
    assert.deepEqual(await one.context.cookies(), []);
    assert.deepEqual(await one.run(`Object.keys(localStorage)`), []);
    assert.equal(await one.anonymousId(), undefined);
    // when
    await one.run(`crowd.optIn(); crowd.identify('${user}')`);
    // then
    const seen = await eventually(
      () => timeline(user),
      (events) => deeds(events).length >= 1,
    );
    assert.deepEqual(deeds(seen), ['identify']);
  }
});

test('the website may override the signals', async () => {
  // given
  const one = await visitorAt(
    tagged({ options: { respectPrivacySignals: false } }),
    `Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true });`,
  );
  // then
  assert.deepEqual(await clickAndLogin(one, person('overridden')), WHOLE_STORY);
});

test('optOut forgets everything but the answer, over a reload; reset keeps it', async () => {
  // given
  const one = await visitorAt(tagged({ endpoint: front.address }), '');
  await one.sent();
  front.fault = 'down';
  // when
  await one.run(
    `crowd.track('Not sent'); crowd.reset(); crowd.optOut(); crowd.reset(); crowd.track('Not taken')`,
  );
  await one.page.waitForTimeout(300);
  front.fault = 'none';
  front.calls.length = 0;
  await one.page.reload();
  await one.page.waitForTimeout(400);
  // then
  assert.deepEqual(front.calls, []);
  assert.equal(await one.anonymousId(), undefined);
  assert.deepEqual(
    (await one.context.cookies()).map(({ name, value }) => `${name}=${value}`),
    ['crowd_demo_consent=out'],
  );
  assert.deepEqual(await one.run(`Object.entries(localStorage)`), [['crowd_demo_consent', 'out']]);
});

test('a strict content security policy breaks nothing', async () => {
  // given
  const policy = `default-src 'none'; script-src 'self' ${API}; connect-src ${API}; base-uri 'none'`;
  const meta = JSON.stringify({ id: person('strict') });
  site.put('/', tagged({ head: `<meta data-crowd-user='${meta}'>` }), {
    'content-security-policy': policy,
  });
  const one = await visitor();
  // when
  await one.page.goto(site.origin);
  // then
  const { id } = JSON.parse(meta);
  assert.equal((await eventually<any>(() => profile(id), Boolean)).user_id, id);
  assert.deepEqual(
    one.console.filter((line) => /policy/i.test(line)),
    [],
  );
});

test('the loader keeps what is called until the SDK is there', async () => {
  // given
  const user = person('loader');
  const start = `/start.js?${encodeURIComponent(JSON.stringify(['demo', { endpoint: API }]))}`;
  site.put(
    '/',
    `<!doctype html><title>Shop</title><script src="${API}/sdk/loader.js"></script><script src="${start}"></script>
     <script>crowd.track('Early'); crowd.identify('${user}')</script>`,
  );
  const one = await visitor();
  // when
  await one.page.goto(site.origin);
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => events.length >= 3,
  );
  assert.deepEqual(
    seen.map(({ type, event }) => event ?? type),
    ['page', 'Early', 'identify'],
  );
});

test('a tag with the website in it needs no script of the page', async () => {
  // given
  site.put(
    '/',
    `<!doctype html><title>Shop</title><script async src="${API}/sdk/crowd.js" data-website="demo"></script>`,
  );
  const one = await visitor();
  await one.page.goto(site.origin);
  // when
  await one.sent();
  const user = person('tag');
  await claim(user, (await one.anonymousId())!);
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => events.length >= 2,
  );
  assert.deepEqual(
    seen.map(({ type }) => type),
    ['page', 'identify'],
  );
});

test('the snippet of the docs works as it stands there, under a policy with its nonce', async () => {
  // given
  const docs = readFileSync('../docs/browser.md', 'utf8');
  const snippet = /<script data-src=[\s\S]*?<\/script>\n<script>[\s\S]*?<\/script>/.exec(docs)![0];
  const html = snippet
    .replaceAll('http://127.0.0.1:4000', API)
    .replaceAll('<script', '<script nonce="abc"');
  site.put('/', `<!doctype html><title>Shop</title>${html}`, {
    'content-security-policy': `default-src 'none'; script-src 'nonce-abc'; connect-src ${API}`,
  });
  const one = await visitor();
  await one.page.goto(site.origin);
  // when
  await eventually(() => one.run<boolean>(`!!crowd.getAnonymousId`), Boolean);
  await one.sent();
  const user = person('snippet');
  await claim(user, await one.anonymousId());
  // then
  const seen = await eventually(
    () => timeline(user),
    (events) => events.length >= 3,
  );
  assert.deepEqual(
    seen.map(({ type, event }) => event ?? type),
    ['page', 'Landed', 'identify'],
  );
});
