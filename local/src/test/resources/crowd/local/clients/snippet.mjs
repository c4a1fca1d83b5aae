// Runs an example of the guide as it stands there: node snippet.mjs EXAMPLE page|server PERSON
// EXAMPLE is a module that exports its client. A page is made by jsdom, on http://localhost:3000.
import { createRequire } from 'node:module'
import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [example, place, person] = process.argv.slice(2)
const require = createRequire(import.meta.url)

// How many calls were answered: no library says when the last of what it has was sent.
let answered = 0

function openPage() {
  const { JSDOM } = require('jsdom')
  const { window } = new JSDOM('<!doctype html><head><script></script></head><title>T</title>', {
    url: 'http://localhost:3000/',
    runScripts: 'outside-only',
    pretendToBeVisual: true,
  })
  Object.defineProperty(window, 'crypto', { value: webcrypto, configurable: true })
  Object.assign(window, { TextEncoder, TextDecoder, structuredClone })
  window.navigator.sendBeacon = () => false
  const { open } = window.XMLHttpRequest.prototype
  window.XMLHttpRequest.prototype.open = function (method, ...rest) {
    if (method.toUpperCase() === 'POST') this.addEventListener('load', () => (answered += 1))
    return open.call(this, method, ...rest)
  }
  // What a page's own fetch adds; libraries that have the choice take the XMLHttpRequest.
  const { fetch } = globalThis
  const pageFetch = async (url, init = {}) => {
    const headers = { ...init.headers, Origin: window.location.origin }
    const response = await fetch(url, { ...init, headers })
    if (init.method === 'POST') answered += 1
    return response
  }
  const names = ['document', 'navigator', 'location', 'XMLHttpRequest', 'localStorage', 'screen']
  for (const name of names) {
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true })
  }
  globalThis.window = window
  if (example.includes('jitsu')) {
    globalThis.fetch = pageFetch
    window.fetch = pageFetch
  } else {
    delete globalThis.fetch
  }
  return window
}

// This library wants more of a page than Node can be given: it runs in the page, as a script, and
// the example's import is the script's global.
function runInPage(window) {
  const script = 'node_modules/@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js'
  window.eval(readFileSync(script, 'utf8'))
  const lines = readFileSync(example, 'utf8').split('\n')
  const imported = "import { RudderAnalytics } from '@rudderstack/analytics-js'"
  if (lines.shift() !== imported) throw new Error('the example begins otherwise')
  const text = lines.filter((line) => !line.startsWith('export ')).join('\n')
  window.eval('const { RudderAnalytics } = window.rudderanalytics\n' + text)
}

async function isAnswered() {
  for (let tries = 0; answered < 1 && tries < 300; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  if (answered < 1) throw new Error('nothing was answered')
}

const window = place === 'page' ? openPage() : undefined
const isScript = window && example.includes('rudderstack')
if (isScript) runInPage(window)
const { analytics } = isScript ? {} : await import(pathToFileURL(example))
if (place === 'page') {
  await isAnswered()
  // An example that names nobody: what it sent has to come to light with its visitor.
  if (example.includes('jitsu')) await analytics.identify(person)
} else if (analytics.closeAndFlush) {
  await analytics.closeAndFlush({ timeout: 30_000 })
} else {
  await new Promise((resolve) => setTimeout(resolve, 500))
  await analytics.flush()
}
process.exit(0)
