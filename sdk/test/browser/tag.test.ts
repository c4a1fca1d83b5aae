import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { API, launch } from './chromium.js';
import { openSite, type Site } from './site.js';

let browser: Browser;
let site: Site;

before(async () => {
  browser = await launch();
  site = await openSite();
});

after(async () => {
  await browser.close();
  await site.close();
});

test('a page that loads the tag from the API sends its event there', async () => {
  // given
  site.put('/', `<script src="${API}/sdk/crowd.js"></script>`);
  const page = await browser.newPage();
  await page.goto(site.origin);
  // when
  const answered = page.waitForResponse(`${API}/batch`);
  await page.evaluate(`crowd.init('demo', { endpoint: '${API}' }); crowd.track('Landed')`);
  // then
  assert.equal((await answered).status(), 200);
  await page.close();
});
