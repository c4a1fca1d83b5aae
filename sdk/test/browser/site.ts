import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A website on a port of its own, so that its pages are of another origin than the API. */
export interface Site {
  readonly origin: string;
  /** Serves a page from now on. */
  put(path: string, html: string, headers?: Record<string, string>): void;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const pages = new Map<string, { html: string; headers: Record<string, string> }>();
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://site');
    if (pathname === '/start.js') {
      const call = decodeURIComponent(search.slice(1));
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(`crowd.init(...${call});`);
      return;
    }
    const page = pages.get(pathname);
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html', ...page?.headers });
    response.end(page?.html ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (path, html, headers = {}) => void pages.set(path, { html, headers }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
