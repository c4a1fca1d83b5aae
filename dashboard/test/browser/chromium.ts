import { type Browser, chromium } from 'playwright-core';

/** What the local run that `./crowd test browser` started is reached at. */
export let API = required('CROWD_API');

/** For tests that have a local run of their own. */
export function reach(address: string): void {
  API = address;
}

export const SERVER_KEY = 'sk_demo_local';
export const READ_KEY = 'rk_demo_local';

export function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run the tests by ./crowd test browser`);
  }
  return value;
}

/** Debian's Chromium, which asks for nothing of its own. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: required('CHROMIUM'),
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
