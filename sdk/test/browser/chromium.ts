import { type Browser, chromium } from 'playwright-core';

/** What the local run that `./crowd test browser` started is reached at. */
export const API = required('CROWD_API');

export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests by ./crowd test browser`);
  return value;
}

/**
 * The machine's Chromium, which asks for nothing of its own.
 *
 * @param without arguments that Playwright gives it otherwise
 */
export function launch(without: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: required('CHROMIUM'),
    ignoreDefaultArgs: without,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
