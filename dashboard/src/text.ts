import type { Event, Json, UserSummary } from './api';

/** The JSON type, in the words of the API's warnings. */
export function kind(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** A value in one line. */
export function short(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What people call him: his name, his email, else his id. */
export function nameOf(user: Pick<UserSummary, 'user_id' | 'traits'>): string {
  const { name, email } = user.traits;
  return [name, email].find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? user.user_id;
}

/** What an event is called in a list. */
export function titleOf(event: Event): string {
  switch (event.type) {
    case 'identify':
      return 'Identified as ' + (event.user_id ?? 'nobody');
    case 'group':
      return 'Group ' + (event.group_id ?? '');
    case 'page':
    case 'screen': {
      const { title, path, url } = event.properties;
      const named = event.name ?? title ?? path ?? url;
      return named === undefined ? event.type : short(named);
    }
    default:
      return event.event ?? event.type;
  }
}

/** `key value` of what the event says besides its name. */
export function detailsOf(event: Event): [string, string][] {
  return Object.entries(event.type === 'identify' || event.type === 'group' ? (event.traits ?? {}) : event.properties)
    .slice(0, 6)
    .map(([name, value]) => [name, short(value).slice(0, 80)]);
}

/** How a link or a decision came about: the word of the API, in a sentence. */
export function because(source: string): string {
  switch (source) {
    case 'identify':
      return 'an identify call';
    case 'track':
    case 'page':
    case 'screen':
    case 'group':
      return `a ${source} call that named both ids`;
    case 'alias':
      return 'an alias call';
    case 'unlink':
      return 'an unlink call';
    case 'erase':
      return 'an erasure';
    case 'fingerprint':
      return 'the fingerprint of a connection';
    default:
      return source;
  }
}
