/**
 * The SDK as a script: `<script async src=".../sdk/crowd.js" data-website="demo"></script>`, or after
 * the loader, whose queue it takes over.
 */
import { crowd } from './index.js';

type Call = [name: string, args: unknown[]];

const script = document.currentScript as HTMLScriptElement | null;
const page = window as unknown as { crowd?: { q?: Call[] } };
const calls = page.crowd?.q ?? [];
const methods = crowd as unknown as Record<string, (...args: unknown[]) => void>;
const endpoint = script ? new URL(script.src).origin : location.origin;
const init = crowd.init.bind(crowd);
crowd.init = (website, options) => init(website, { endpoint, ...options });
page.crowd = crowd as unknown as { q?: Call[] };

const { website, debug } = script?.dataset ?? {};
if (website) crowd.init(website, { debug: debug !== undefined });
for (const [name, args] of calls) methods[name]?.(...args);
