// Sends what one person does through a published browser library, in a page that jsdom makes, which
// asks for preflights as browsers do: node browser.cjs LIBRARY HOST PUBLIC-ID PERSON
const { readFileSync } = require('node:fs');
const { webcrypto } = require('node:crypto');
const { JSDOM } = require('jsdom');
const [library, host, key, person] = process.argv.slice(2);

const anonymousId = `anon_${person}`;
const traits = { name: 'Ada', plan: 'pro' };
const group = `group-${person}`;

const { window } = new JSDOM('<!doctype html><head><script></script></head><title>T</title>', {
  url: 'http://localhost:3000/',
  runScripts: 'outside-only',
  pretendToBeVisual: true,
});
Object.defineProperty(window, 'crypto', { value: webcrypto, configurable: true });
Object.assign(window, { TextEncoder, TextDecoder, structuredClone });
// Browsers have it and jsdom has not; a library that misses it first loads a replacement.
window.navigator.sendBeacon = () => false;

// How many messages were answered: neither library says when the last of it was sent.
let answered = 0;
const { open } = window.XMLHttpRequest.prototype;
window.XMLHttpRequest.prototype.open = function (method, ...rest) {
  if (method.toUpperCase() === 'POST') this.addEventListener('load', () => (answered += 1));
  return open.call(this, method, ...rest);
};

async function allAnswered() {
  for (let tries = 0; answered < 4 && tries < 400; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const libraries = {
  // It comes as modules, so it runs in Node and is given the page's globals. Without fetch, which is
  // not the page's, it takes the page's XMLHttpRequest.
  async segment() {
    const names = ['document', 'navigator', 'location', 'XMLHttpRequest', 'localStorage'];
    for (const name of names) {
      Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
    }
    globalThis.window = window;
    delete globalThis.fetch;
    const { AnalyticsBrowser } = require('@segment/analytics-next');
    const analytics = AnalyticsBrowser.load({ writeKey: key, cdnURL: host });
    await analytics.setAnonymousId(anonymousId);
    await analytics.track('Signed Up', { a: 1 });
    await analytics.identify(person, traits);
    await analytics.page('Home');
    await analytics.group(group, { name: 'Acme' });
  },

  async rudderstack() {
    const script = 'node_modules/@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js';
    window.eval(readFileSync(script, 'utf8'));
    const { RudderAnalytics } = window.rudderanalytics;
    const analytics = new RudderAnalytics();
    analytics.load(key, host, { configUrl: host });
    analytics.setAnonymousId(anonymousId);
    analytics.track('Signed Up', { a: 1 });
    analytics.identify(person, traits);
    analytics.page('Home');
    analytics.group(group, { name: 'Acme' });
  },
};

libraries[library]()
  .then(allAnswered)
  .then(() => process.exit(0));
