import { API, READ_KEY, SERVER_KEY } from './chromium.js';

export type Message = { type: string } & Record<string, unknown>;

/** Of a call that came too much at once; all that is sent here may be sent again. */
const TRIES = 5;

async function call(method: string, path: string, key: string, body?: object, tries = TRIES): Promise<any> {
  const answer = await fetch(API + path, {
    method,
    headers: { 'X-Crowd-Key': key, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (answer.status === 503 && tries > 1) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return call(method, path, key, body, tries - 1);
  }
  if (!answer.ok && answer.status !== 404) {
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

export function identify(fields: object, website = 'demo', key = SERVER_KEY): Promise<any> {
  return call('POST', '/identify', key, { website, ...fields });
}

export function track(fields: object): Promise<any> {
  return call('POST', '/track', SERVER_KEY, { website: 'demo', ...fields });
}

export function reset(fields: object): Promise<any> {
  return call('POST', '/reset', SERVER_KEY, { website: 'demo', ...fields });
}

export function alias(fields: object): Promise<any> {
  return call('POST', '/alias', SERVER_KEY, { website: 'demo', ...fields });
}

/** At most 1,000. */
export function batch(messages: Message[]): Promise<any> {
  return call('POST', '/batch', SERVER_KEY, { website: 'demo', batch: messages });
}

export function user(id: string): Promise<any> {
  return call('GET', '/users/@?' + new URLSearchParams({ id }), READ_KEY);
}

/** What is called what, newest first. */
export async function events(id: string, limit = 100): Promise<string[]> {
  const page = await call('GET', '/users/@/events?' + new URLSearchParams({ id, limit: `${limit}` }), READ_KEY);
  return (page.events ?? []).map((event: any) => event.event ?? event.name ?? event.type);
}

/** Looks until it is so; at last says what it is. */
export async function eventually<T>(look: () => Promise<T>, isSo: (seen: T) => boolean, millis = 15_000): Promise<T> {
  for (const end = Date.now() + millis; ;) {
    const seen = await look();
    if (isSo(seen) || Date.now() > end) {
      return seen;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** So many milliseconds ago, as messages say it. */
export function ago(millis: number): string {
  return new Date(Date.now() - millis).toISOString();
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * The article's Jane, with all that a profile can have: two browsers, a friend who used hers, a second account that was
 * merged in, a group, a trait of mixed types.
 */
export async function jane(suffix = ''): Promise<string> {
  const id = 'user_123' + suffix;
  const phone = `anon_0198f3c2_phone${suffix}`;
  const laptop = `anon_0198f1aa_laptop${suffix}`;
  const at = (millis: number) => ({ timestamp: ago(millis) });
  await identify({
    user_id: 'jj_2019' + suffix,
    ...at(3 * DAY),
    message_id: 'old-1' + suffix,
    traits: { country: 'NL' },
  });
  await batch([
    {
      type: 'page',
      anonymous_id: laptop,
      name: 'Home',
      ...at(2 * DAY),
      message_id: 'm-01' + suffix,
      properties: { path: '/', referrer: 'newsletter' },
    },
    {
      type: 'page',
      anonymous_id: laptop,
      name: 'Pricing',
      ...at(2 * DAY - 2 * MINUTE),
      message_id: 'm-02' + suffix,
      properties: { path: '/pricing' },
    },
    {
      type: 'track',
      anonymous_id: laptop,
      event: 'Plan Compared',
      ...at(2 * DAY - 3 * MINUTE),
      message_id: 'm-03' + suffix,
      properties: { left: 'free', right: 'pro' },
    },
    {
      type: 'track',
      anonymous_id: laptop,
      event: 'Signup Started',
      ...at(2 * DAY - 5 * MINUTE),
      message_id: 'm-04' + suffix,
      properties: { method: 'email' },
    },
  ]);
  await identify({
    user_id: id,
    anonymous_id: laptop,
    ...at(2 * DAY - 6 * MINUTE),
    message_id: 'm-05' + suffix,
    traits: { email: 'jane@acme.com', plan: 1, is_admin: false, name: 'Janet Jackson' },
    set_once: { first_referrer: 'newsletter' },
  });
  await batch([
    {
      type: 'track',
      user_id: id,
      anonymous_id: laptop,
      event: 'Project Created',
      ...at(2 * DAY - 9 * MINUTE),
      message_id: 'm-06' + suffix,
      properties: { template: 'blank', seats: 3 },
    },
    {
      type: 'group',
      user_id: id,
      group_id: 'acme',
      ...at(2 * DAY - 10 * MINUTE),
      message_id: 'm-07' + suffix,
      traits: { name: 'Acme Inc.', size: 120 },
    },
    {
      type: 'track',
      anonymous_id: phone,
      event: 'App Opened',
      ...at(DAY),
      message_id: 'm-08' + suffix,
      properties: { os: 'iOS 19.1', build: 512 },
    },
    {
      type: 'screen',
      anonymous_id: phone,
      name: 'Welcome',
      ...at(DAY - MINUTE),
      message_id: 'm-09' + suffix,
      properties: {},
    },
  ]);
  await identify({
    user_id: id,
    anonymous_id: phone,
    ...at(DAY - 2 * MINUTE),
    message_id: 'm-10' + suffix,
    traits: { plan: 'pro', signup_at: 1704067200000 },
  });
  await identify({
    user_id: 'friend_7' + suffix,
    anonymous_id: phone,
    ...at(90 * MINUTE),
    message_id: 'm-11' + suffix,
    traits: { name: 'Tito' },
  });
  await batch([
    {
      type: 'page',
      user_id: id,
      anonymous_id: laptop,
      name: 'Billing',
      ...at(20 * MINUTE),
      message_id: 'm-12' + suffix,
      properties: { path: '/settings/billing' },
    },
    {
      type: 'track',
      user_id: id,
      anonymous_id: laptop,
      event: 'Invoice Downloaded',
      ...at(18 * MINUTE),
      message_id: 'm-13' + suffix,
      properties: { number: 'INV-2026-118', total: 49.0, currency: 'EUR' },
    },
  ]);
  await alias({ previous_id: 'jj_2019' + suffix, user_id: id, message_id: 'al-1' + suffix });
  await eventually(
    () => events(id),
    (seen) => seen.includes('Invoice Downloaded') && seen.includes('App Opened'),
  );
  return id;
}

const NAMES = [
  'Ada Moreau',
  'Bram de Wit',
  'Chiara Russo',
  'Dana Levi',
  'Elif Kaya',
  'Femi Adeyemi',
  'Grace Lin',
  'Hugo Brandt',
  'Ines Costa',
  'Jonas Berg',
  'Kaito Mori',
  'Lena Vogel',
  'Mateo Cruz',
  'Nadia Haddad',
  'Olga Petrova',
  'Priya Nair',
  'Quinn Walsh',
  'Rosa Marin',
  'Sven Dahl',
  'Tara Byrne',
  'Umar Khan',
  'Vera Novak',
  'Wei Zhang',
  'Ximena Rey',
  'Yara Silva',
  'Zoe Martin',
  'Anton Weber',
  'Bianca Conti',
  'Cem Demir',
  'Dora Papp',
];

/** More than a page of them. */
export async function crowd(): Promise<void> {
  await batch(
    NAMES.map((name, place) => ({
      type: 'identify',
      user_id: `u_${4100 + place}`,
      ...(place % 3 && { anonymous_id: `anon_crowd_${place}` }),
      timestamp: ago((place + 1) * 3_700_000),
      traits: {
        name,
        email: name.toLowerCase().replace(/[^a-z]+/g, '.') + '@example.com',
        plan: ['free', 'pro', 'team'][place % 3],
        country: ['FR', 'NL', 'IT', 'DE'][place % 4],
        seats: place % 7,
      },
    })),
  );
}
