import {
  createServer,
  type IncomingMessage,
  request as call,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { API } from './chromium.js';

/**
 * What a call meets: the API; nobody; an API that is busy for a second; the API, whose answer never
 * comes; the API, after a second on the way.
 */
export type Fault = 'none' | 'down' | 'busy' | 'lost answer' | 'slow';

/** Between pages and the API, as the internet is. */
export interface Front {
  readonly address: string;
  fault: Fault;
  /** What the next call with messages meets, and none after it: no preflight, and no metrics. */
  next: Fault;
  /** What came in, whatever became of it. */
  readonly calls: { method: string; path: string; body: string }[];
  close(): Promise<void>;
}

export async function openFront(): Promise<Front> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: Front = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: 'none',
    next: 'none',
    calls: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: Buffer[] = [];
    for await (const part of request) body.push(part as Buffer);
    const { method = '', url: path = '' } = request;
    let { fault } = front;
    if (method === 'POST' && !path.endsWith('/m') && front.next !== 'none') {
      fault = front.next;
      front.next = 'none';
    }
    front.calls.push({ method, path, body: Buffer.concat(body).toString() });
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, 1_000));
    if (fault === 'down') {
      request.socket.destroy();
    } else if (fault === 'busy') {
      response.writeHead(503, {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'Retry-After',
        'retry-after': '1',
      });
      response.end('{}');
    } else {
      const onward = call(API + path, { method, headers: request.headers }, (back) => {
        if (fault === 'lost answer') {
          back.resume().on('end', () => request.socket.destroy());
        } else {
          response.writeHead(back.statusCode ?? 502, back.headers);
          back.pipe(response);
        }
      });
      onward.on('error', () => request.socket.destroy());
      onward.end(Buffer.concat(body));
    }
  }

  return front;
}
