import type { Event } from '../api';
import { titleOf } from '../text';

/** An event, and what is worked out of it once. */
export interface Entry {
  event: Event;
  /** Event time, in milliseconds. */
  time: number;
  /** The same for the same event. */
  key: string;
  /** All of its text in lower case, to search in. */
  text: string;
}

export function entryOf(event: Event): Entry {
  return {
    event,
    time: Date.parse(event.timestamp),
    key: `${event.timestamp} ${event.message_id}`,
    text: `${titleOf(event)} ${JSON.stringify(event)}`.toLowerCase(),
  };
}

/**
 * The log, newest first, once its newest page was read again. What came since is in it, wherever it belongs; what the
 * page leaves out, though it lies among what the page shows, has gone.
 *
 * @returns null if the page does not end with an event that is known: what lies between the two is not
 */
export function withNewest(known: Entry[], page: Entry[], isWhole: boolean): Entry[] | null {
  if (isWhole) {
    return page;
  }
  const end = known.findIndex((entry) => entry.key === page.at(-1)?.key);
  return end < 0 ? null : [...page, ...known.slice(end + 1)];
}

/** Two logs show the same. */
export function isSame(a: Entry[], b: Entry[], depth: number): boolean {
  if (a.length !== b.length) {
    return false;
  }
  for (let i = 0; i < Math.min(depth, a.length); i++) {
    if (a[i]!.key !== b[i]!.key || a[i]!.event.before_identify !== b[i]!.event.before_identify) {
      return false;
    }
  }
  return true;
}

/** The log with an older page; an event that moved between two reads is shown once. */
export function withOlder(known: Entry[], page: Entry[]): Entry[] {
  const end = new Set(known.slice(-page.length).map((entry) => entry.key));
  return [...known, ...page.filter((entry) => !end.has(entry.key))];
}

export interface Filter {
  /** A type of event; empty for all. */
  type: string;
  text: string;
}

export function isFiltering(filter: Filter): boolean {
  return filter.type !== '' || filter.text.trim() !== '';
}

/** Each word must stand somewhere in the event. */
export function matching(entries: Entry[], filter: Filter): Entry[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return isFiltering(filter)
    ? entries.filter(
        ({ event, text }) => (!filter.type || event.type === filter.type) && words.every((word) => text.includes(word)),
      )
    : entries;
}
