/**
 * The SDK as a script: `<script async src=".../sdk/crowd.js" data-website="demo"></script>`, or after
 * the loader, whose queue it takes over.
 */
import { crowd } from './index.js';

type Call = [name: string, args: unknown[]];
type Methods = Record<string, (...args: unknown[]) => void>;

const script = document.currentScript as HTMLScriptElement | null;
const page = window as unknown as { crowd?: { q?: Call[] } };
const before = page.crowd;

// A second tag on the page, of which one is too many, changes nothing.
if (!before || before.q) {
  const endpoint = script ? new URL(script.src).origin : location.origin;
  const init = crowd.init.bind(crowd);
  crowd.init = (website, options) => init(website, { endpoint, ...options });
  page.crowd = crowd as unknown as { q?: Call[] };
  const { website, debug } = script?.dataset ?? {};
  if (website) crowd.init(website, { debug: debug !== undefined });
  for (const [name, args] of before?.q ?? []) (crowd as unknown as Methods)[name]?.(...args);
}
