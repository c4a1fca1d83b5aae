import { local } from './storage.js';

/** Of the oldest, more than these are given up: local storage is the website's, and is small. */
export const MAX_MESSAGES = 500;

/** Milliseconds: after a week nobody comes back with a message. */
const MAX_AGE = 7 * 24 * 3_600_000;

/**
 * A message as it is sent.
 *
 * @property name of its entry in local storage
 * @property text JSON, the same bytes at every sending: what arrives twice is one event
 */
export interface Entry {
  readonly name: string;
  readonly text: string;
}

/**
 * Messages that nobody has taken yet. Each is an entry of its own in local storage, never changed
 * and only removed, so that tabs need no lock: none can overwrite what another wrote. Two tabs may
 * send the same message; its bytes are the same, and the API takes it once.
 */
export class Queue {
  /** In the order of their making. True for what another page, or another life of this, left. */
  private readonly entries = new Map<string, { text: string; adopted: boolean }>();

  /**
   * @param prefix of the names in local storage
   * @param dropped told of a message that is given up
   */
  constructor(
    private readonly prefix: string,
    private readonly now: () => number,
    private readonly dropped: (text: string) => void,
  ) {}

  /**
   * Keeps a message.
   *
   * @param id sorts by time
   */
  add(id: string, text: string): void {
    const name = this.prefix + id;
    local.set(name, text);
    this.entries.set(name, { text, adopted: false });
    const surplus = this.entries.size - MAX_MESSAGES;
    for (const entry of this.waiting().slice(0, Math.max(0, surplus))) this.giveUp(entry);
  }

  /** Takes over what lies there of other pages: they may be gone, or offline as long as we are. */
  adopt(): void {
    for (const name of local.names(this.prefix).sort()) {
      if (this.entries.has(name)) continue;
      const text = local.get(name);
      if (!text) continue;
      const entry = { name, text };
      if (Math.abs(this.now() - madeAt(entry)) > MAX_AGE) this.giveUp(entry);
      else this.entries.set(name, { text, adopted: true });
    }
  }

  /** Oldest first. What was adopted and is gone has been sent by its own page. */
  waiting(): Entry[] {
    const waiting: Entry[] = [];
    for (const [name, { text, adopted }] of this.entries) {
      if (adopted && local.get(name) === null) this.entries.delete(name);
      else waiting.push({ name, text });
    }
    return waiting.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  remove(entry: Entry): void {
    this.entries.delete(entry.name);
    local.remove(entry.name);
  }

  clear(): void {
    this.adopt();
    for (const entry of this.waiting()) this.remove(entry);
  }

  private giveUp(entry: Entry): void {
    this.remove(entry);
    this.dropped(entry.text);
  }
}

/** The time in the UUID at the end of its name: milliseconds since 1970, by the visitor's clock. */
export function madeAt({ name }: Pick<Entry, 'name'>): number {
  return parseInt(name.slice(-36).replace('-', '').slice(0, 12), 16);
}
