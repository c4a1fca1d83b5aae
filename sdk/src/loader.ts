/** Stands in until the SDK is there: keeps what is called, in order. docs/browser.md has it inline. */
((page: Window & { crowd?: Record<string, unknown> }, doc: Document) => {
  if (page.crowd) return;
  const q: unknown[] = [];
  const crowd: Record<string, unknown> = (page.crowd = { q });
  for (const name of 'init identify track page group reset optIn optOut on debug'.split(' ')) {
    crowd[name] = (...args: unknown[]) => void q.push([name, args]);
  }
  const here = doc.currentScript as HTMLScriptElement;
  const script = doc.createElement('script');
  script.async = true;
  script.src = here.dataset.src ?? here.src.replace('loader', 'crowd');
  if (here.nonce) script.nonce = here.nonce;
  script.onerror = () => {
    console.warn(
      `crowd: ${script.src} was not loaded. If an ad blocker or a content security policy (script-src) blocks it, allow it there.`,
    );
  };
  doc.head.append(script);
  if (here.dataset.website) (crowd.init as (id: string) => void)(here.dataset.website);
})(window as never, document);
