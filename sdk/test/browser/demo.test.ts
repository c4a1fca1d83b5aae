import assert from 'node:assert/strict';
import { test } from 'node:test';
import { API } from './chromium.js';
import { eventually } from './people.js';
import { inABrowser, visitor } from './world.js';

inABrowser();

test('the demo shop tells the story: two customers, and what each did before he logged in', async () => {
  // given
  const { page, console } = await visitor();
  const timeline = () => page.locator('#story li').allInnerTexts();
  // when
  await page.goto(`${API}/demo`);
  await page.getByRole('button', { name: 'Add' }).first().click();
  // then: it was sent, and is nobody's
  const sent = await eventually(timeline, (lines) => lines.length >= 2);
  assert.deepEqual(sent, ['Added assam', 'Visited /demo']);
  // when
  await page.getByRole('link', { name: 'Account' }).click();
  await page.getByRole('button', { name: 'Log in as Jane' }).click();
  // then
  const janes = await eventually(timeline, (lines) => lines.includes('Added assam before'));
  assert.deepEqual(janes.slice(-4), [
    'Logged in',
    'Visited /demo/account before',
    'Added assam before',
    'Visited /demo before',
  ]);
  // when
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('link', { name: 'Shop' }).click();
  await page.getByRole('button', { name: 'Add' }).nth(1).click();
  await page.getByRole('link', { name: 'Account' }).click();
  await page.getByRole('button', { name: 'Log in as John' }).click();
  // then
  const johns = await eventually(timeline, (lines) => lines.includes('Added sencha before'));
  assert.deepEqual(
    johns.filter((line) => line.startsWith('Added')),
    ['Added sencha before'],
  );
  assert.equal(await page.locator('#story-of').innerText(), "John's timeline");
  assert.deepEqual(
    console.filter((line) => /error|warn|policy/i.test(line)),
    [],
  );
});
