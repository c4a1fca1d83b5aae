import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, profile, timeline } from './people.js';
import { deeds, inABrowser, person, site, tagged, visitor } from './world.js';

inABrowser();

/** Looks until so many events are there. */
function events(id: string, n: number) {
  return eventually(
    () => timeline(id),
    (seen) => seen.filter(({ type }) => type !== 'page').length >= n,
  );
}

test('the article: anonymous clicks are on the profile of whoever logs in, with his traits', async () => {
  // given
  site.put('/', tagged({ body: '<button onclick="crowd.track(\'Clicked\')">Buy</button>' }));
  const { page, run, anonymousId, sent } = await visitor();
  await page.goto(site.origin);
  await page.click('button');
  const user = person('user_123');
  // when
  await run(`crowd.identify('${user}', {
    email: 'jane@acme.com', plan: 'pro', is_admin: false, signup_at: 1704067200000, name: 'Janet Jackson' })`);
  await sent();
  // then
  const anon = await anonymousId();
  assert.match(anon, /^anon_[0-9a-f-]{36}$/);
  const seen = await profile(user);
  assert.deepEqual(seen.traits, {
    email: 'jane@acme.com',
    is_admin: false,
    name: 'Janet Jackson',
    plan: 'pro',
    signup_at: 1704067200000,
  });
  assert.deepEqual(
    seen.identities.map((identity: any) => identity.anonymous_id),
    [anon],
  );
  assert.deepEqual(deeds(await events(user, 2)), ['Clicked (before)', 'identify']);
});

test('C35: after reset, another user in the same browser shares nothing with the first', async () => {
  // given
  site.put('/', tagged({}));
  const { page, run, anonymousId, sent } = await visitor();
  await page.goto(site.origin);
  const [jane, john] = [person('jane'), person('john')];
  await run(`crowd.track('Of Jane'); crowd.identify('${jane}', { plan: 'pro' })`);
  const janes = await anonymousId();
  // when
  await run(`crowd.reset()`);
  const johns = await anonymousId();
  await run(`crowd.track('Of John'); crowd.identify('${john}')`);
  await sent();
  // then
  assert.notEqual(johns, janes);
  assert.deepEqual(deeds(await events(jane, 2)), ['Of Jane (before)', 'identify']);
  assert.deepEqual(deeds(await events(john, 2)), ['Of John (before)', 'identify']);
  assert.deepEqual((await profile(john)).traits, {});
  const cookies = await page.context().cookies();
  assert.deepEqual(
    cookies.map(({ name, value }) => ({ name, value })),
    [{ name: 'crowd_demo', value: johns }],
  );
});

test('identify says the same only once in a session', async () => {
  // given
  site.put('/', tagged({}));
  const { page, run, sent } = await visitor();
  await page.goto(site.origin);
  const user = person('once');
  // when
  await run(`for (let i = 0; i < 3; i++) crowd.identify('${user}', { plan: 'pro' })`);
  // How long it is on its way counts as skew of the browser's clock: what is said next must be later.
  await sent();
  await page.reload();
  await run(
    `crowd.identify('${user}', { plan: 'pro' }); crowd.identify('${user}', { plan: 'max' })`,
  );
  await sent();
  // then
  assert.deepEqual(deeds(await events(user, 2)), ['identify', 'identify']);
  assert.deepEqual((await profile(user)).traits, { plan: 'max' });
});

test('C38: another user without reset gets a new anonymous id, and the developer hears of it', async () => {
  // given
  site.put('/', tagged({}));
  const { page, run, anonymousId, sent, console } = await visitor();
  await page.goto(site.origin);
  const [first, second] = [person('first'), person('second')];
  await run(`crowd.identify('${first}', { plan: 'pro' }); crowd.group('acme')`);
  const before = await anonymousId();
  // when
  await run(`crowd.identify('${second}'); crowd.track('After')`);
  await sent();
  // then
  assert.notEqual(await anonymousId(), before);
  assert.deepEqual(deeds(await events(first, 2)), ['identify', 'group']);
  const seconds = await events(second, 2);
  assert.deepEqual(deeds(seconds), ['identify', 'After']);
  assert.equal((seconds[0] as any).context.reason, 'user_changed');
  assert.equal((seconds[1] as any).context.group_id, undefined);
  assert.deepEqual((await profile(second)).history, []);
  assert.ok(console.some((line) => line.includes('Call crowd.reset() at logout')));
});

test('a meta tag alone identifies, at load, when it changes and when it appears', async () => {
  // given
  const [atLoad, appears] = [person('at-load'), person('appears')];
  const meta = JSON.stringify({ id: atLoad, email: 'jane@acme.com' });
  site.put('/', tagged({ head: `<meta data-crowd-user='${meta}'>` }));
  const { page, run, sent } = await visitor();
  // when
  await page.goto(site.origin);
  await sent();
  // then
  assert.deepEqual((await eventually<any>(() => profile(atLoad), Boolean)).traits, {
    email: 'jane@acme.com',
  });

  // when
  await run(
    `document.querySelector('meta[data-crowd-user]').dataset.crowdUser = ${JSON.stringify(
      JSON.stringify({ id: atLoad, email: 'janet@acme.com' }),
    )}`,
  );
  await eventually(
    () => profile(atLoad),
    (seen) => seen.traits.email === 'janet@acme.com',
  );
  await run(`document.querySelector('meta[data-crowd-user]').remove(); crowd.reset()`);
  await run(`document.head.insertAdjacentHTML('beforeend', '<meta>');
    document.head.lastChild.dataset.crowdUser = ${JSON.stringify(JSON.stringify({ id: appears }))}`);
  // then
  assert.deepEqual(
    (
      await eventually(
        () => profile(atLoad),
        (seen) => seen.traits.email === 'janet@acme.com',
      )
    ).traits,
    {
      email: 'janet@acme.com',
    },
  );
  assert.equal((await eventually<any>(() => profile(appears), Boolean)).user_id, appears);
});

test('a meta tag that is no JSON is a warning, and the page goes on', async () => {
  // given
  site.put('/', tagged({ head: `<meta data-crowd-user='{"id": nobody'>` }));
  const { page, console } = await visitor();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  // when
  await page.goto(site.origin);
  // then
  assert.deepEqual(errors, []);
  assert.ok(
    console.includes(`crowd: <meta data-crowd-user> holds no JSON object: {"id": nobody`),
    console.join('\n'),
  );
});
