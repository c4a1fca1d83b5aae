/**
 * Calls at every navigation within the page, and when the page comes back out of the browser's
 * memory. A new fragment is none, unless it is a route of its own (`#/`, `#!`).
 */
export function watchVisits(visit: () => void): void {
  let last = place();
  const look = () => {
    if (place() === last) return;
    last = place();
    // The router has yet to set the title.
    setTimeout(visit);
  };
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (this: History, ...args: Parameters<History['pushState']>) {
      original.apply(this, args);
      look();
    };
  }
  addEventListener('popstate', look);
  addEventListener('hashchange', look);
  addEventListener('pageshow', (event) => {
    if (event.persisted) visit();
  });
}

function place(): string {
  const route = /^#[/!]/.test(location.hash) ? location.hash : '';
  return location.pathname + location.search + route;
}
