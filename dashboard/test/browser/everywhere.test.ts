import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { API, READ_KEY, launch } from './chromium.js';
import { open, signIn } from './page.js';
import { jane } from './people.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SUFFIX = '_x' + Date.now().toString(36);

let browser: Browser;
let id: string;

before(async () => {
  browser = await launch();
  id = await jane(SUFFIX);
});

after(async () => {
  await browser.close();
});

const user = () => '#/users/' + id;

/** Every page, and every state that it can be in. */
const STATES: Record<string, (page: Page) => Promise<unknown>> = {
  'sign in': (page) => page.goto(API + '/'),
  'sign in, refused': async (page) => {
    await page.goto(API + '/');
    await page.getByLabel('Read key').fill('rk_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('opens nothing').waitFor();
  },
  'set up, waiting': async (page) => {
    await page.route('**/website', async (route) => {
      const answer = await (await route.fetch()).json();
      await route.fulfill({ json: { ...answer, first_event_at: null } });
    });
    await signIn(page, READ_KEY, '#/setup');
    await page.getByText('Waiting for').waitFor();
  },
  'set up, arrived': async (page) => {
    await signIn(page, READ_KEY, '#/setup');
    await page.getByText('Events arrive').waitFor();
  },
  'users, loading': async (page) => {
    await page.route('**/users?*', () => {});
    await signIn(page);
    await page.locator('.loading').first().waitFor();
  },
  users: async (page) => {
    await signIn(page);
    await page.locator('.people tbody a').first().waitFor();
  },
  'users, none': async (page) => {
    await page.route('**/users?*', (route) => route.fulfill({ json: { users: [], next_cursor: null } }));
    await signIn(page);
    await page.getByText('Nobody was identified yet').waitFor();
  },
  'users, no match': async (page) => {
    await signIn(page, READ_KEY, '#/users?query=nobody%20at%20all');
    await page.getByText('Nobody matches').waitFor();
  },
  'users, unreachable': async (page) => {
    await page.route('**/users?*', (route) => route.abort());
    await signIn(page);
    await page.getByText('No connection').waitFor();
  },
  'user, loading': async (page) => {
    await page.route('**/users/@?*', () => {});
    await signIn(page, READ_KEY, user());
    await page.locator('.user-head.loading').waitFor();
  },
  user: async (page) => {
    await signIn(page, READ_KEY, user());
    await page.getByText('Invoice Downloaded').click();
    await page.locator('.json').waitFor();
  },
  'user, profile': async (page) => {
    await signIn(page, READ_KEY, user());
    await page.getByText('Invoice Downloaded').waitFor();
    const tab = page.getByRole('button', { name: 'Profile' });
    if (await tab.isVisible()) {
      await tab.click();
      await page.locator('.warnings summary').click();
    }
  },
  'user, events unreachable': async (page) => {
    await page.route('**/events?*', (route) => route.abort());
    await signIn(page, READ_KEY, user());
    await page.getByText('No connection').waitFor();
  },
  'user, no event matches': async (page) => {
    await signIn(page, READ_KEY, user());
    await page.getByRole('searchbox', { name: 'Filter' }).fill('none of these');
    await page.getByText('No event matches').waitFor();
  },
  'user by an anonymous id': async (page) => {
    await signIn(page, READ_KEY, `#/users/anon_0198f1aa_laptop${SUFFIX}`);
    await page.getByText('Invoice Downloaded').waitFor();
  },
  nobody: async (page) => {
    await signIn(page, READ_KEY, '#/users/anon_unknown');
    await page.getByText('Nobody has this id').waitFor();
  },
  unlink: async (page) => {
    await STATES['user, profile']!(page);
    await page.getByRole('button', { name: `Unlink anon_0198f1aa_laptop${SUFFIX}` }).click();
  },
  erase: async (page) => {
    await signIn(page, READ_KEY, user());
    await page.getByText('Invoice Downloaded').waitFor();
    await page.getByRole('button', { name: 'Erase…' }).click();
  },
};

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => (window as any).axe.run());
  return violations.map((found: any) => `${found.id}: ${found.nodes.map((node: any) => node.html).join(' | ')}`);
}

for (const [state, reach] of Object.entries(STATES)) {
  test(`${state}: nothing for axe to find, in light and dark, nothing beside the window`, async () => {
    for (const width of [1440, 360]) {
      // given
      const page = await open(browser, { viewport: { width, height: 800 }, reducedMotion: 'reduce' });
      // when
      await reach(page);
      // then
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], `${colorScheme} ${width}`);
      }
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(beside <= 0, `${beside} px beside a window of ${width}`);
      assert.deepEqual(page.complaints, [], `${width}`);
      // A page that still asks may have an answer on its way, which a closed one cannot take.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.context().close();
    }
  });
}

test('nothing jumps while a page loads, and a wide screen is used', async () => {
  for (const width of [360, 1440, 3840]) {
    // given
    const page = await open(browser, { viewport: { width, height: 1_000 } });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
          shifts.push(entry.value);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await signIn(page);
    await page.locator('.people tbody a').first().waitFor();
    // when
    await page.goto(`${API}/${user()}`);
    await page.getByText('Invoice Downloaded').waitFor();
    await page.waitForTimeout(1_500);
    // then
    const sum = await page.evaluate(() => (window as any).shifts.reduce((a: number, b: number) => a + b, 0));
    assert.ok(sum < 0.02, `shifts of ${sum} at ${width} px`);
    assert.ok((await page.locator('main').boundingBox())!.width >= Math.min(width, 1_600));
    await page.context().close();
  }
});

test('the page lets in no script, style or call from elsewhere', async () => {
  // when
  const answer = await fetch(API + '/');
  const html = await answer.text();
  // then
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  assert.doesNotMatch(html, /<script>|style=|<style|https?:\/\//);
});
