// Pictures of every page and state, for people to look at: ./crowd test browser makes none.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { API, launch } from './chromium.js';
import { open, signIn } from './page.js';
import { crowd, identify, jane, track, user } from './people.js';

const FOLDER = 'build/screenshots';
const only = process.argv[2];
mkdirSync(FOLDER, { recursive: true });

const STATES: [string, (page: Page) => Promise<void>][] = [
  ['signin', async (page) => void (await page.goto(API + '/'))],
  [
    'signin-refused',
    async (page) => {
      await page.goto(API + '/');
      await page.getByLabel('Read key').fill('rk_wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('opens nothing').waitFor();
    },
  ],
  [
    'setup',
    async (page) => {
      await page.route('**/website', async (route) => {
        const answer = await (await route.fetch()).json();
        await route.fulfill({ json: { ...answer, first_event_at: null } });
      });
      await signIn(page, undefined, '#/setup');
      await page.getByText('Waiting for the first event').waitFor();
    },
  ],
  [
    'setup-arrived',
    async (page) => {
      await signIn(page, undefined, '#/setup');
      await page.getByText('Events arrive').waitFor();
    },
  ],
  [
    'users',
    async (page) => {
      await signIn(page);
      await page.getByRole('link', { name: 'Janet Jackson' }).waitFor();
    },
  ],
  [
    'users-loading',
    async (page) => {
      await page.route('**/users?*', () => {});
      await signIn(page);
      await page.locator('.loading').first().waitFor();
    },
  ],
  [
    'users-empty',
    async (page) => {
      await page.route('**/users?*', (route) => route.fulfill({ json: { users: [], next_cursor: null } }));
      await signIn(page);
      await page.getByText('Nobody was identified yet').waitFor();
    },
  ],
  [
    'users-no-match',
    async (page) => {
      await signIn(page, undefined, '#/users?query=nobody%40here');
      await page.getByText('Nobody matches').waitFor();
    },
  ],
  [
    'users-search',
    async (page) => {
      await signIn(page);
      await page.getByRole('searchbox').fill('ja');
      await page.getByText('Ada Moreau').waitFor({ state: 'hidden' });
    },
  ],
  [
    'users-error',
    async (page) => {
      await page.route('**/users?*', (route) => route.abort());
      await signIn(page);
      await page.getByText('No connection').waitFor();
    },
  ],
  [
    'user',
    async (page) => {
      await signIn(page, undefined, '#/users/user_123');
      await page.getByText('Invoice Downloaded').first().waitFor();
    },
  ],
  [
    'user-open',
    async (page) => {
      await signIn(page, undefined, '#/users/user_123');
      await page.getByText('Invoice Downloaded').first().click();
    },
  ],
  [
    'user-before',
    async (page) => {
      await signIn(page, undefined, '#/users/user_123');
      await page.getByText('Invoice Downloaded').first().waitFor();
      await page.locator('.scroller').evaluate((element) => (element.scrollTop = 10_000));
    },
  ],
  [
    'user-facts',
    async (page) => {
      await signIn(page, undefined, '#/users/user_123');
      await page.getByText('Invoice Downloaded').first().waitFor();
      const tab = page.getByRole('button', { name: 'Profile' });
      if (await tab.isVisible()) {
        await tab.click();
      } else {
        await page.locator('.facts').evaluate((element) => (element.scrollTop = 10_000));
      }
    },
  ],
  [
    'user-filtered',
    async (page) => {
      await signIn(page, undefined, '#/users/user_123');
      await page.getByRole('searchbox', { name: 'Filter' }).fill('nothing of this');
      await page.getByText('No event matches').waitFor();
    },
  ],
  [
    'user-by-anonymous-id',
    async (page) => {
      await signIn(page, undefined, '#/users/anon_0198f1aa_laptop');
      await page.getByText('Invoice Downloaded').first().waitFor();
    },
  ],
  [
    'user-plain',
    async (page) => {
      await signIn(page, undefined, '#/users/u_4100');
      await page.getByText('Identified as').first().waitFor();
    },
  ],
  [
    'user-hostile',
    async (page) => {
      await signIn(page, undefined, '#/users/' + encodeURIComponent('<b>x</b>/../"'));
      await page.getByText('Clicked').first().waitFor();
    },
  ],
  [
    'user-nobody',
    async (page) => {
      await signIn(page, undefined, '#/users/anon_unknown');
      await page.getByText('Nobody has this id').waitFor();
    },
  ],
  [
    'unlink',
    async (page) => {
      await signIn(page, undefined, '#/users/user_123');
      await page.getByText('Invoice Downloaded').first().waitFor();
      const tab = page.getByRole('button', { name: 'Profile' });
      if (await tab.isVisible()) {
        await tab.click();
      }
      await page.getByRole('button', { name: 'Unlink anon_0198f1aa_laptop' }).click();
    },
  ],
  [
    'erase',
    async (page) => {
      await signIn(page, undefined, '#/users/user_123');
      await page.getByText('Invoice Downloaded').first().waitFor();
      await page.getByRole('button', { name: 'Erase…' }).click();
    },
  ],
];

if (!(await user('user_123')).user_id) {
  await crowd();
  await jane();
}
await identify({
  user_id: '<b>x</b>/../"',
  traits: {
    name: '<img src=x onerror=alert(1)>',
    '"><script>': '</script><script>alert(1)</script>',
    long: 'W'.repeat(400),
  },
});
await track({
  user_id: '<b>x</b>/../"',
  event: '<svg onload=alert(1)> Clicked',
  properties: { deep: { a: [1, 2, { b: null }] }, html: '<i>' },
});
const browser = await launch();
for (const [name, reach] of STATES) {
  if (only && !name.startsWith(only)) {
    continue;
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [1440, 900],
      [360, 740],
    ] as const) {
      const page = await open(browser, {
        colorScheme,
        viewport: { width, height },
        timezoneId: 'Europe/Amsterdam',
        locale: 'en-GB',
      });
      await reach(page);
      await page.waitForTimeout(250);
      await page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}-${width}.png` });
      console.log(name, colorScheme, width, page.complaints.join('; '));
      await page.context().close();
    }
  }
}
await browser.close();
