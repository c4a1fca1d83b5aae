import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { type Fault, type Front, openFront } from './front.js';
import { eventually, profile, timeline } from './people.js';
import { inABrowser, person, site, visitor } from './world.js';

inABrowser();

let front: Front;

before(async () => void (front = await openFront()));
after(() => front.close());

let scripts: { segment: string; rudderstack: string } | undefined;

const SCRIPT = { 'content-type': 'text/javascript' };

/** As a website bundles it. */
async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { AnalyticsBrowser } from '@segment/analytics-next'; window.AnalyticsBrowser = AnalyticsBrowser;`,
      resolveDir: '.',
    },
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

function rudderStack(): string {
  const file = 'node_modules/@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js';
  return readFileSync(file, 'utf8');
}

/** What one person does, as each library is told to send it to the host at hand. */
const LIBRARIES: Record<string, (user: string) => string> = {
  'analytics-next, a call for each message': (user) => segment(user, {}),
  'analytics-next, in batches': (user) =>
    segment(user, { strategy: 'batching', config: { size: 10, timeout: 300 } }),
  'rudderstack analytics-js': (user) => `{
    const { RudderAnalytics } = rudderanalytics;
    const analytics = new RudderAnalytics();
    analytics.load('demo', '${front.address}', { configUrl: '${front.address}' });
    ${calls(user)}
  }`,
};

function segment(user: string, deliveryStrategy: object): string {
  const options = { integrations: { 'Segment.io': { deliveryStrategy } } };
  return `{
    const analytics = AnalyticsBrowser.load(
      { writeKey: 'demo', cdnURL: '${front.address}' }, ${JSON.stringify(options)});
    ${calls(user)}
  }`;
}

/** The event comes first: it is the user's by what identify says. */
function calls(user: string): string {
  return `analytics.track('Looked', { a: 1 });
    analytics.identify('${user}', { name: 'Ada', plan: 'pro' });
    analytics.page('Home');
    analytics.group('acme-${user}', { name: 'Acme' });
    0;`;
}

/** For whoever has to understand a failure. */
function sent(): string {
  return front.calls.map(({ method, path }) => `${method} ${path}`).join(', ');
}

function messageIds(body: string): string[] {
  if (!body.startsWith('{')) return [];
  const call = JSON.parse(body);
  return (call.batch ?? [call]).map((message: any) => message.messageId);
}

const FAULTS: Fault[] = ['none', 'busy', 'down', 'lost answer'];

for (const [library, script] of Object.entries(LIBRARIES)) {
  for (const fault of FAULTS) {
    test(`${library}; its first call meets: ${fault}`, async () => {
      // given
      const file = library.startsWith('rudder') ? 'rudderstack' : 'segment';
      scripts ??= { segment: await bundled(), rudderstack: rudderStack() };
      site.put(`/${file}.js`, scripts[file], SCRIPT);
      site.put('/', `<!doctype html><title>Shop</title><script src="/${file}.js"></script>`);
      const { page, run, context } = await visitor();
      await page.goto(site.origin);
      const user = person('published');
      front.calls.length = 0;
      front.next = fault;
      // when
      await run(script(user));
      // then
      const seen = await eventually(
        () => timeline(user),
        (events) => events.length >= 4,
        30_000,
      );
      // Once more: what comes twice comes late.
      await page.waitForTimeout(1_000);
      assert.deepEqual(
        (await timeline(user)).map(({ type, event }) => event ?? type).sort(),
        ['Looked', 'group', 'identify', 'page'],
        sent(),
      );
      assert.equal(seen.length, 4);
      const ids = front.calls.flatMap(({ body }) => messageIds(body));
      assert.equal(ids.length > new Set(ids).size, fault !== 'none', sent());
      const { traits, groups } = await profile(user);
      assert.deepEqual(
        { traits, groups: groups.map((group: any) => [group.group_id, group.traits]) },
        {
          traits: { name: 'Ada', plan: 'pro' },
          groups: [[`acme-${user}`, { name: 'Acme' }]],
        },
      );
      await context.close();
    });
  }
}
