import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { API, READ_KEY } from './chromium.js';

/** A page in a fresh profile of the browser; fails the test with what the page complains about. */
export async function open(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page & { complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = Object.assign(await context.newPage(), { complaints: [] as string[] });
  page.on('pageerror', (error) => page.complaints.push(`${error}`));
  page.on('console', (line) => {
    // A refused call is one of the states; everything else is not, a violated content security policy least of all.
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) {
      page.complaints.push(line.text());
    }
  });
  return page;
}

export async function signIn(page: Page, key = READ_KEY, hash = ''): Promise<void> {
  await page.goto(`${API}/${hash}`);
  await page.getByLabel('Read key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('header.bar').waitFor();
}

/** The link to a user in the list. */
export function lineOf(page: Page, id: string): Locator {
  return page.locator(`.people a[href="#/users/${encodeURIComponent(id)}"]`);
}

/** What the timeline shows, from the top, as far as it is drawn: without days and times. */
export async function shown(page: Page): Promise<string[]> {
  return page.locator('.rows').evaluate((rows) =>
    [...rows.children]
      .map((row) => ({ row, top: row.getBoundingClientRect().top }))
      .sort((a, b) => a.top - b.top)
      .flatMap(({ row }) => {
        const text = (selector: string) => (row.querySelector(selector) as HTMLElement | null)?.textContent ?? '';
        if (row.querySelector('.joint')) {
          return [`joint ${text('.joint b')} ${text('.joint span')}`];
        }
        const tags = [...row.querySelectorAll('.tag')].map((tag) => ' ' + tag.textContent);
        return row.querySelector('.event') ? [`${text('.type')} ${text('.title')}${tags.join('')}`] : [];
      }),
  );
}
