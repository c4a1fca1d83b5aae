import { byteLength } from './ids.js';
import { type Entry, madeAt, type Queue } from './queue.js';

/** Browsers let a page have 64 KiB under way that outlive it. Some of it is for what frames us. */
export const MAX_BODY = 60_000;

/** Milliseconds. */
const TIMEOUT = 30_000;
const FIRST_DELAY = 1_000;
const LAST_DELAY = 300_000;

/** What the API says of one message: docs/http-api.md, POST /batch. */
export interface Result {
  readonly message_id?: string;
  readonly result: 'ok' | 'refused' | 'invalid' | 'retry';
  readonly outcome?: string;
  readonly warnings?: readonly { code: string; detail: string; field?: string }[];
  readonly problem?: Problem;
}

/** Why a message, or a whole call, was not taken. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

export interface Told {
  taken(entry: Entry, result: Result): void;
  refused(entry: Entry, problem: Problem): void;
  /** A call that came to nothing, and is made again. */
  postponed(status: number): void;
}

/**
 * Sends what waits, one call at a time, in order. A call is a simple one, for which browsers ask no
 * leave first: the last event of a page has no time for two round trips.
 */
export class Sender {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private inFlight = new Map<string, number>();
  private failures = 0;
  /** When the last call ended, and how long it took. */
  private answeredAt = 0;
  private took = 0;

  constructor(
    private readonly url: string,
    private readonly website: string,
    private readonly queue: Queue,
    private readonly now: () => number,
    private readonly told: Told,
  ) {}

  /**
   * Sends before long. What is made until then goes with it. While calls fail, the next attempt
   * stands.
   */
  soon(delay: number): void {
    if (this.timer && (this.failures || delay)) return;
    this.schedule(delay);
  }

  /** Sends now, whatever failed before: the network is back, or somebody looks at the page. */
  again(): void {
    this.queue.adopt();
    this.schedule(0);
  }

  /** The page may be gone in a moment: all that fits under way, without waiting for an answer. */
  leaving(): void {
    let room = MAX_BODY;
    this.inFlight.forEach((bytes) => (room -= bytes));
    const waiting = this.queue.waiting().filter((entry) => !this.inFlight.has(entry.name));
    for (const chunk of chunks(waiting)) {
      room -= chunk.bytes;
      if (room < 0) return;
      void this.send(chunk);
    }
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (!this.inFlight.size) void this.next();
    }, delay);
  }

  private async next(): Promise<void> {
    const [chunk] = chunks(this.queue.waiting());
    if (chunk) await this.send(chunk);
  }

  private async send(chunk: Chunk): Promise<void> {
    for (const entry of chunk.entries) this.inFlight.set(entry.name, byteLength(entry.text));
    const delay = await this.attempt(chunk.entries);
    for (const entry of chunk.entries) this.inFlight.delete(entry.name);
    if (delay !== undefined) this.schedule(delay);
    else if (this.queue.waiting().length) this.soon(0);
  }

  /** Milliseconds until what is left may be sent again; undefined if nothing of it is. */
  private async attempt(entries: readonly Entry[]): Promise<number | undefined> {
    const began = this.now();
    const website = JSON.stringify(this.website);
    const texts = entries.map((entry) => entry.text).join(',');
    const body = `{"website":${website},"sent_at":${this.sentAt(began, entries)},"batch":[${texts}]}`;
    let status = 0;
    let retryAfter = 0;
    let answer: { results?: Result[] } & Partial<Problem> = {};
    try {
      const response = await post(this.url, body);
      status = response.status;
      retryAfter = seconds(response.headers.get('retry-after')) * 1000;
      answer = await response.json();
    } catch {
      // No answer, or one that is cut: the status says which.
    }
    // Without an answer, too: it may have been the answer that was lost.
    this.answeredAt = this.now();
    this.took = this.answeredAt - began;
    // Not by the status alone: who is in between (a hotel's login page) says 200, too.
    if (status >= 200 && status < 300 && answer.results) {
      if (this.settle(entries, answer.results)) return this.delay(retryAfter);
      this.failures = 0;
      return undefined;
    }
    if (isWorthRepeating(status)) {
      this.told.postponed(status);
      return this.delay(retryAfter);
    }
    this.failures = 0;
    const problem = {
      status,
      code: answer.code ?? 'refused',
      detail: answer.detail ?? `The endpoint answered ${status}.`,
    };
    for (const entry of entries) this.giveUp(entry, problem);
    return undefined;
  }

  /**
   * The moment of sending, as the call tells it. Never before the last of its messages was made: two of
   * one millisecond are told a millisecond apart, and what seems to come from the future loses its
   * place among the others.
   */
  private sentAt(began: number, entries: readonly Entry[]): number {
    return Math.max(began - this.overtaking(entries), madeAt(entries[entries.length - 1]!));
  }

  /**
   * Milliseconds by which a quick call would overtake the slow one before it. The API takes the time
   * of an event to be its age when it was sent, before its arrival: so what was under way for long
   * seems to have happened later, even after a logout that followed it. What was made while the last
   * call was under way is told to be younger by this, and so comes after all that that call brought.
   */
  private overtaking(entries: readonly Entry[]): number {
    return Math.max(0, Math.min(this.took, this.answeredAt - madeAt(entries[0]!)));
  }

  /** Whether some are left to be sent again. What no result speaks of was taken with the others. */
  private settle(entries: readonly Entry[], results: readonly Result[]): boolean {
    let left = false;
    entries.forEach((entry, i) => {
      const result = results[i] ?? { result: 'ok' as const };
      if (result.result === 'retry') {
        left = true;
      } else if (result.result === 'ok') {
        this.queue.remove(entry);
        this.told.taken(entry, result);
      } else {
        this.giveUp(entry, result.problem ?? { status: 400, code: result.result, detail: '' });
      }
    });
    return left;
  }

  private giveUp(entry: Entry, problem: Problem): void {
    this.queue.remove(entry);
    this.told.refused(entry, problem);
  }

  /** Full jitter, so that not all pages come back in the same moment; never before we may. */
  private delay(retryAfter: number): number {
    const longest = Math.min(LAST_DELAY, FIRST_DELAY * 2 ** this.failures++);
    return Math.max(retryAfter, Math.random() * longest);
  }
}

interface Chunk {
  readonly entries: Entry[];
  readonly bytes: number;
}

/** As many messages to a call as may outlive the page together. */
export function chunks(entries: readonly Entry[]): Chunk[] {
  const chunks: { entries: Entry[]; bytes: number }[] = [];
  for (const entry of entries) {
    const bytes = byteLength(entry.text) + 1;
    const last = chunks[chunks.length - 1];
    if (last && last.bytes + bytes <= MAX_BODY) {
      last.entries.push(entry);
      last.bytes += bytes;
    } else {
      chunks.push({ entries: [entry], bytes: bytes + 200 });
    }
  }
  return chunks;
}

function post(url: string, body: string): Promise<Response> {
  if (!('keepalive' in Request.prototype) && document.visibilityState === 'hidden') {
    // This one cannot outlive the page otherwise. Nobody hears of its answer, so it is sent again.
    navigator.sendBeacon(url, body);
  }
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  // A text is sent as text/plain. Cookies of the endpoint's host are none of our business.
  return fetch(url, {
    method: 'POST',
    body,
    keepalive: true,
    credentials: 'omit',
    signal: abort.signal,
  }).finally(() => clearTimeout(timer));
}

/** No answer, or none of the API's, or one that says that it may be another next time. */
function isWorthRepeating(status: number): boolean {
  return (
    status < 300 ||
    status === 408 ||
    status === 429 ||
    (status >= 500 && status !== 501 && status !== 505)
  );
}

/** Of Retry-After: seconds or a date; at most an hour, whatever it says. */
function seconds(text: string | null): number {
  if (!text) return 0;
  const value = /^\d+$/.test(text) ? +text : (Date.parse(text) - Date.now()) / 1000;
  return Math.min(3600, Math.max(0, value || 0));
}
