import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { API, READ_KEY, launch, reach, required } from './chromium.js';
import { lineOf, open, signIn } from './page.js';
import { batch, eventually, events, track } from './people.js';

const EVENTS = Number(process.env.EVENTS ?? 100_000);
const ID = 'large_' + Date.now().toString(36);
const NAMES = ['Product Viewed', 'Added to Cart', 'Searched', 'Filter Applied'];

let browser: Browser;
let server: ChildProcess;

/** On no disk: what is measured is the page, and 100,000 writes one after the other take a disk long. */
async function localRun(): Promise<string> {
  server = spawn(required('CROWD_COMMAND'), ['dev', '--port', '0', '--ephemeral'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const text of server.stdout!.iterator({ destroyOnReturn: false })) {
    printed += text;
    const address = /API +(http:\S+)/.exec(printed)?.[1];
    if (address) {
      server.stdout!.resume();
      return address;
    }
  }
  throw new Error(`the local run did not start: ${printed}`);
}

before(async () => {
  reach(await localRun());
  browser = await launch();
  const began = Date.now();
  const start = began - EVENTS * 60_000;
  const message = (place: number) => ({
    type: place % 5 === 0 ? 'page' : 'track',
    ...(place % 5 === 0 ? { name: 'Catalogue' } : { event: NAMES[place % 4] }),
    user_id: ID,
    message_id: `l${place}`,
    timestamp: new Date(start + place * 60_000).toISOString(),
    properties: { sku: `sku_${place % 997}`, price: (place % 50) + 0.5 },
  });
  let next = 0;
  const send = async () => {
    while (next < EVENTS) {
      const from = next;
      next += 1_000;
      await batch(Array.from({ length: Math.min(1_000, EVENTS - from) }, (_, place) => message(from + place)));
    }
  };
  await Promise.all([send(), send()]);
  // The stream keeps its order: once this event is there, so are those before it.
  await track({ user_id: 'after_' + ID, event: 'All Sent' });
  await eventually(
    () => events('after_' + ID),
    (seen) => seen.length === 1,
    300_000,
  );
  console.log(`${EVENTS} events in ${Math.round((Date.now() - began) / 1_000)} s`);
});

after(async () => {
  await browser?.close();
  server.kill();
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** From the click on his line in the list to the frame with his first events, in milliseconds. */
async function opened(page: Page): Promise<number> {
  await page.goto(`${API}/#/users?query=${ID}`);
  const line = lineOf(page, ID);
  await line.waitFor();
  await page.evaluate(() => {
    const seen = new Promise<number>((resolve) => {
      addEventListener(
        'click',
        (click) => {
          const look = () => {
            if (document.querySelector('.event')) {
              // The frame after the one in which they were drawn: by then it is on the screen.
              requestAnimationFrame(() => resolve(performance.now() - click.timeStamp));
            } else {
              requestAnimationFrame(look);
            }
          };
          look();
        },
        { capture: true, once: true },
      );
    });
    Object.assign(window, { seen });
  });
  await line.click();
  return page.evaluate(() => (window as unknown as { seen: Promise<number> }).seen);
}

test('a large profile is opened by a click, and how soon is printed', async () => {
  // given
  const page = await open(browser);
  await signIn(page);
  // when
  const took: number[] = [];
  for (let round = 0; round < 11; round++) {
    took.push(Math.round(await opened(page)));
  }
  // then
  console.log(`click to first painted events, ${EVENTS} events: median ${median(took)} ms of ${took.join(', ')}`);
  await page.context().close();
});

/** Frames a second while it is scrolled by so many pixels in each. */
function scrolled(page: Page, from: number, step: number): Promise<number> {
  return page.locator('.scroller').evaluate(
    (element, [top, by]) =>
      new Promise<number>((resolve) => {
        element.scrollTop = top!;
        let frames = 0;
        let start = 0;
        const frame = (now: number) => {
          start ||= now;
          element.scrollTop += by!;
          if (now - start >= 2_000) {
            resolve((frames / (now - start)) * 1_000);
          } else {
            frames++;
            requestAnimationFrame(frame);
          }
        };
        requestAnimationFrame(frame);
      }),
    [from, step],
  );
}

test('a large timeline is scrolled, of which only what is seen is drawn, and searched', async () => {
  // given
  const page = await open(browser);
  await signIn(page, READ_KEY, '#/users/' + ID);
  await page.locator('.event').first().waitFor();
  // when: all of it is loaded, by a filter that nothing matches
  const began = Date.now();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('no such event');
  await page.getByText('No event matches').waitFor({ timeout: 180_000 });
  console.log(`${EVENTS} events read and looked through in ${Date.now() - began} ms`);
  await page.getByRole('searchbox', { name: 'Filter' }).fill('');
  await page.locator('.event').first().waitFor();
  assert.equal(await page.locator('.count').innerText(), `${EVENTS.toLocaleString('en-US')} events`);
  // then
  const rates: number[] = [];
  for (const [from, step] of [
    [0, 40],
    [1_500_000, 400],
    [3_000_000, 4_000],
  ] as const) {
    rates.push(await scrolled(page, from, step));
    assert.ok((await page.locator('.row').count()) < 100, 'only what is seen is drawn');
  }
  console.log(`scrolling ${EVENTS} events: ${rates.map((rate) => rate.toFixed(1)).join(', ')} frames a second`);

  // the beginning is one key away, and a search is quick
  await page.locator('.event-line').first().focus();
  await page.keyboard.press('End');
  await page.getByText('The beginning').waitFor();
  const typed = Date.now();
  await page.getByRole('searchbox', { name: 'Filter' }).fill('sku_996');
  const found = Math.ceil((EVENTS - 996) / 997);
  await page.getByText(`${found} events`, { exact: true }).waitFor();
  console.log(`a text is searched in ${EVENTS} events in ${Date.now() - typed} ms`);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
