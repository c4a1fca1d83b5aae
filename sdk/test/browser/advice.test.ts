import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { API, required } from './chromium.js';
import { eventually } from './people.js';
import { inABrowser, person, site, tagged, type Visitor, visitor } from './world.js';

inABrowser();

async function debugged(website = 'demo', endpoint = API): Promise<Visitor> {
  site.put('/', tagged({ website, endpoint, options: { debug: true, pages: false } }));
  const one = await visitor();
  await one.page.goto(site.origin);
  return one;
}

/** Waits for a line of the console. */
async function line({ console }: Visitor, part: string): Promise<string> {
  const find = () => console.find((line) => line.includes(part));
  return (
    (await eventually(async () => find(), Boolean, 5_000)) ??
    `no "${part}" in:\n${console.join('\n')}`
  );
}

test('no user appears: the website id is wrong', async () => {
  // given
  const one = await debugged('shpo');
  // when
  await one.run(`crowd.identify('user_123')`);
  // then
  assert.equal(
    await line(one, 'was not taken'),
    'crowd: identify was not taken: 404 website_not_found: There is no website of this id; check the field website. Check the website id in crowd.init() or data-website.',
  );
  // What was not taken may be said again, and later messages do not name the user.
  assert.equal(
    JSON.parse(await one.run<string>(`localStorage.getItem('crowd_shpo')`)).userId,
    undefined,
  );
  one.console.length = 0;
  await one.run(`crowd.identify('user_123')`);
  await line(one, 'was not taken');
});

test('no user appears: something blocks the endpoint', async () => {
  // given
  const one = await debugged();
  await one.page.route(`${API}/batch`, (route) => route.abort('blockedbyclient'));
  // when
  await one.run(`crowd.identify('user_123')`);
  // then
  assert.equal(
    await line(one, 'cannot be reached'),
    `crowd: ${API} cannot be reached. If an ad blocker or a content security policy (connect-src) blocks it, allow it there. What waits is kept and sent again.`,
  );
});

test('no user appears: the script is blocked', async () => {
  // given
  site.put('/', `<!doctype html><script src="${API}/sdk/loader.js" data-website="demo"></script>`);
  const one = await visitor();
  await one.page.route(`${API}/sdk/crowd.js`, (route) => route.abort('blockedbyclient'));
  // when
  await one.page.goto(site.origin);
  // then
  assert.equal(
    await line(one, 'was not loaded'),
    `crowd: ${API}/sdk/crowd.js was not loaded. If an ad blocker or a content security policy (script-src) blocks it, allow it there.`,
  );
});

test('two accounts merged: reset was not called at logout', async () => {
  // given
  const one = await debugged();
  const [jane, john] = [person('jane'), person('john')];
  // when
  await one.run(`crowd.identify('${jane}'); crowd.identify('${john}')`);
  // then
  assert.equal(
    await line(one, 'was logged in'),
    `crowd: crowd.identify("${john}") while "${jane}" was logged in: a new anonymous id keeps the two apart. Call crowd.reset() at logout.`,
  );
});

test('traits missing: the type of a trait changed', async () => {
  // given
  const one = await debugged();
  const user = person('mixed');
  // when
  await one.run(`crowd.identify('${user}', { plan: 'pro' })`);
  await one.sent();
  await one.run(`crowd.identify('${user}', { plan: 3 })`);
  // then
  const said = await line(one, 'Keep the type');
  assert.match(
    said,
    /^crowd: .*plan.*Keep the type of a trait the same in all calls; the last write wins\.$/,
  );
});

test('the website wants its users proved: user_hash is missing', async () => {
  // given
  const command = (...args: string[]) =>
    execFileSync(required('CROWD_COMMAND'), [...args, '--data', required('CROWD_DATA')], {
      stdio: 'pipe',
    });
  command('site', 'add', 'proved');
  command('site', 'secret', 'proved');
  command('site', 'set', 'proved', '--verification', 'enforce');
  const one = await debugged('proved');
  // when
  await one.run(`crowd.identify('user_123')`);
  // then
  assert.match(
    await line(one, 'was not taken'),
    /^crowd: identify was not taken: 403 unverified: .* Pass the userHash that your server made: crowd\.identify\(id, traits, \{ userHash \}\)\.$/,
  );
});

test('C40: an id that is none is not sent, and changes nothing', async () => {
  // given
  const one = await debugged();
  const before = await one.anonymousId();
  // when
  const warnings = await one.run<string[]>(`(() => {
    const warnings = [];
    crowd.on('warning', ({ code, detail }) => warnings.push(code + ': ' + detail));
    for (const id of [null, undefined, NaN, '', ' guest ', 0, '"undefined"', {}, 'x'.repeat(256)]) crowd.identify(id);
    crowd.track('');
    crowd.track('Circular', (() => { const a = {}; a.a = a; return a; })());
    return warnings.map((warning) => warning.split(String.fromCharCode(10))[0]);
  })()`);
  // then
  const placeholder =
    'bad_user_id: The user id is a placeholder that stands for nobody: nobody was identified.';
  const wrongType = (type: string) =>
    `bad_user_id: The user id is ${type}, and has to be a string: nobody was identified.`;
  assert.deepEqual(warnings, [
    wrongType('null'),
    wrongType('undefined'),
    wrongType('number'),
    placeholder,
    placeholder,
    placeholder,
    placeholder,
    wrongType('object'),
    'bad_user_id: The user id is longer than 255 bytes: nobody was identified.',
    'no_event: crowd.track() needs the name of the event.',
    'not_sent: The call could not be made a message: TypeError: Converting circular structure to JSON',
  ]);
  assert.deepEqual(
    await one.run(`Object.keys(localStorage).filter((name) => name.includes('_q_'))`),
    [],
  );
  assert.equal(await one.anonymousId(), before);
});
