import { API } from './chromium.js';

export interface Event {
  type: string;
  event?: string;
  message_id: string;
  anonymous_id?: string;
  user_id?: string;
  before_identify: boolean;
  properties?: Record<string, unknown>;
}

async function read(path: string): Promise<any> {
  const answer = await fetch(API + path, { headers: { 'X-Crowd-Key': 'rk_demo_local' } });
  return answer.ok ? answer.json() : null;
}

/** Null while nobody is known by this id. */
export function profile(id: string): Promise<any> {
  return read(`/users/@?id=${encodeURIComponent(id)}`);
}

/** What a server says that knows both: so that an anonymous visitor's events can be read. */
export async function claim(user: string, anonymousId: string): Promise<void> {
  const answer = await fetch(`${API}/identify`, {
    method: 'POST',
    headers: { 'X-Crowd-Key': 'sk_demo_local' },
    body: JSON.stringify({ website: 'demo', user_id: user, anonymous_id: anonymousId }),
  });
  if (!answer.ok) throw new Error(`identify: ${answer.status} ${await answer.text()}`);
}

/** Oldest first. */
export async function timeline(id: string): Promise<Event[]> {
  const events: Event[] = [];
  for (let cursor = ''; ;) {
    const page = await read(`/users/${encodeURIComponent(id)}/events?order=asc&limit=100${cursor}`);
    if (!page) return events;
    events.push(...page.events);
    if (!page.next_cursor) return events;
    cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
}

/** Looks until it is as expected: what was acknowledged is readable within a second, normally. */
export async function eventually<T>(
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
  within = 10_000,
): Promise<T> {
  for (const end = Date.now() + within; ;) {
    const seen = await look();
    if (isThere(seen) || Date.now() > end) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
