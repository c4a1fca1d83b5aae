import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { API, launch } from './chromium.js';
import { eventually } from './people.js';
import { openSite, type Site } from './site.js';

/** What a page of the website says of Crowd, in a test. */
export interface Tag {
  website?: string;
  endpoint?: string;
  options?: Record<string, unknown>;
  head?: string;
  body?: string;
}

let browser: Browser;
export let site: Site;

/**
 * One browser and one website for the tests of a file.
 *
 * @param without arguments that Playwright gives it otherwise
 */
export function inABrowser(without: string[] = []): void {
  before(async () => {
    browser = await launch(without);
    site = await openSite();
  });
  after(async () => {
    await browser.close();
    await site.close();
  });
}

/**
 * A page with the SDK on it, started by a script of its own: a policy without 'unsafe-inline' is the
 * rule, not the exception.
 */
export function tagged({
  website = 'demo',
  endpoint = API,
  options = {},
  head = '',
  body = '',
}: Tag): string {
  const start = JSON.stringify([website, { endpoint, ...options }]);
  return `<!doctype html><title>Shop</title><script src="${API}/sdk/crowd.js"></script>
<script src="/start.js?${encodeURIComponent(start)}"></script>${head}<body>${body}</body>`;
}

/** A visitor: cookies and storage of his own, and what the SDK said to him. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Lines of the console. */
  console: string[];
  /** Runs in the page. */
  run<T = void>(script: string): Promise<T>;
  /** Waits until nothing is left to be sent. */
  sent(within?: number): Promise<void>;
  anonymousId(): Promise<string>;
}

export async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  return of(context, page);
}

export async function newTab(visitor: Visitor): Promise<Visitor> {
  return of(visitor.context, await visitor.context.newPage());
}

/** Names of what waits to be sent. Not by waitForFunction, which a strict policy forbids. */
const LEFT = `Object.keys(localStorage).filter((name) => /^crowd_.*_q_/.test(name))`;

function of(context: BrowserContext, page: Page): Visitor {
  const lines: string[] = [];
  page.on('console', (line) => lines.push(line.text()));
  return {
    context,
    page,
    console: lines,
    run: (script) => page.evaluate(script) as Promise<any>,
    sent: async (within = 20_000) => {
      const left = await eventually(
        () => page.evaluate<string[]>(LEFT),
        ({ length }) => length === 0,
        within,
      );
      assert.deepEqual(left, []);
    },
    anonymousId: () => page.evaluate('crowd.getAnonymousId()') as Promise<string>,
  };
}

let people = 0;

/** An id that no other test has. */
export function person(name: string): string {
  people += 1;
  return `${name}-${process.pid}-${people}`;
}

/** What a person did, oldest first: page views aside, of which every load makes one. */
export function deeds(
  events: { type: string; event?: string; before_identify: boolean }[],
): string[] {
  return events
    .filter(({ type }) => type !== 'page')
    .map(
      ({ type, event, before_identify }) => `${event ?? type}${before_identify ? ' (before)' : ''}`,
    );
}
