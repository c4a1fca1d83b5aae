import { advised, unreachable } from './advice.js';
import { Consent } from './consent.js';
import { Identity, type Known } from './identity.js';
import { byteLength, userId, uuid } from './ids.js';
import { watchMeta } from './meta.js';
import type { IdentifyOptions, Listeners, Message, Options, Traits, Warning } from './options.js';
import { Queue } from './queue.js';
import { type Problem, type Result, Sender } from './sender.js';
import { Cookies } from './storage.js';
import { watchVisits } from './visits.js';

/** Milliseconds in which events gather before they are sent together. */
const GATHER = 100;

/** As the API takes it; a longer one would be refused there. */
const MAX_MESSAGE = 32 * 1024;

/** What stands behind a website's name once `init` was called. */
interface Parts {
  readonly endpoint: string;
  readonly identity: Identity;
  readonly consent: Consent;
  readonly queue: Queue;
  readonly sender: Sender;
}

/**
 * Crowd in a page. No method throws, whatever it is passed: what is wrong is a `warning`, in the
 * console too.
 */
export class Crowd {
  private parts: Parts | undefined;
  private isDebugging = false;
  private isStarted = false;
  private lastTime = 0;
  /** What was called before `init`, or while the page is being rendered ahead of its visit. */
  private waiting: (() => void)[] = [];
  private readonly listeners: { [K in keyof Listeners]: Set<Listeners[K]> } = {
    sent: new Set(),
    failed: new Set(),
    warning: new Set(),
  };

  /**
   * Starts. Nothing is stored or sent before. A second call does nothing.
   *
   * @param website the public id
   */
  init(website: string, options: Options = {}): void {
    if (isOnServer()) return;
    if (this.parts)
      return this.complain('init_twice', 'crowd.init() was called before: this call does nothing.');
    if (typeof website !== 'string' || !website) {
      return this.complain('no_website', 'crowd.init() needs the website id: crowd.init("demo").');
    }
    this.isDebugging = !!options.debug;
    this.parts = this.partsOf(website, options);
    const prerendered = document as Document & { prerendering?: boolean };
    if (!prerendered.prerendering) return this.start(options);
    document.addEventListener('prerenderingchange', () => this.start(options), { once: true });
  }

  /**
   * Says who the visitor is. What he did here before is on his profile then. Once in a session is
   * enough; the same again is not sent.
   *
   * @param id durable: of a database, not an email address
   */
  identify(id: string | number, traits: Traits = {}, options: IdentifyOptions = {}): void {
    this.whenStarted((parts) => this.sendIdentify(parts, id, traits, options.userHash));
  }

  track(event: string, properties: Traits = {}): void {
    this.whenStarted((parts) => {
      if (typeof event !== 'string' || !event.trim()) {
        return this.complain('no_event', 'crowd.track() needs the name of the event.');
      }
      this.send(parts, parts.identity.current(), 'track', { event, properties });
    });
  }

  page(name?: string, properties: Traits = {}): void {
    this.whenStarted((parts) => this.sendPage(parts, name, properties));
  }

  /** Says to which group (a company, a team) the visitor belongs. */
  group(id: string | number, traits: Traits = {}): void {
    this.whenStarted((parts) => {
      const group = userId(id);
      if ('wrong' in group) return this.complain('bad_group_id', `The group id ${group.wrong}.`);
      const known = parts.identity.change({ groupId: group.id });
      this.send(parts, known, 'group', { group_id: group.id, traits });
    });
  }

  /**
   * To be called at logout. From now on somebody else is here: a new anonymous id, a new session, no
   * user, no group. What was not sent yet is, as of the one who left; what he said about consent
   * stays.
   */
  reset(): void {
    this.whenStarted((parts) => {
      this.send(parts, parts.identity.current(), 'reset', {});
      parts.identity.renew();
      this.log('reset: a new anonymous id');
    });
  }

  optIn(): void {
    this.consent('in');
  }

  /** Forgets everything but this answer, and sends nothing any more. */
  optOut(): void {
    this.consent('out');
  }

  /** The id of this browser; undefined before `init` and without consent. */
  getAnonymousId(): string | undefined {
    return this.isStarted && this.parts?.consent.isGiven()
      ? this.parts.identity.current().anonymousId
      : undefined;
  }

  /** Returns what takes the listener away again. */
  on<K extends keyof Listeners>(name: K, listener: Listeners[K]): () => void {
    this.listeners[name]?.add(listener);
    return () => void this.listeners[name]?.delete(listener);
  }

  debug(on = true): void {
    this.isDebugging = on;
  }

  private partsOf(website: string, options: Options): Parts {
    const endpoint = (options.endpoint ?? location.origin).replace(/\/+$/, '');
    const name = `crowd_${website}`;
    const cookies = new Cookies();
    const now = () => Date.now();
    const queue = new Queue(`${name}_q_`, now, (text) =>
      this.lost(text, { code: 'queue_full', detail: 'Too many messages wait, or for too long.' }),
    );
    const sender = new Sender(`${endpoint}/batch`, website, queue, now, {
      taken: (entry, result) => this.taken(entry.text, result),
      refused: (entry, problem) => this.refused(entry.text, problem),
      postponed: (status) =>
        this.complain(status ? 'busy' : 'unreachable', unreachable(endpoint, status)),
    });
    return {
      endpoint,
      identity: new Identity(name, cookies, now),
      consent: new Consent(`${name}_consent`, cookies, options),
      queue,
      sender,
    };
  }

  private start(options: Options): void {
    this.isStarted = true;
    const parts = this.parts!;
    if (parts.consent.isGiven()) {
      this.log(`${parts.endpoint}, ${parts.identity.current().anonymousId}`);
      parts.queue.adopt();
      parts.sender.soon(GATHER);
    } else {
      this.log('nothing is stored or sent: the visitor, or his browser, has not consented');
    }
    if (options.pages !== false) {
      this.whenStarted(() => this.sendPage(parts, undefined, {}));
      watchVisits(() => this.page());
    }
    for (const call of this.waiting.splice(0)) call();
    watchMeta(
      ({ id, traits, userHash }) =>
        this.identify(id as string, traits, userHash ? { userHash } : {}),
      (text) =>
        this.complain(
          'bad_meta',
          `<meta data-crowd-user> holds no JSON object: ${text.slice(0, 200)}`,
        ),
      () => options.resetOnMetaRemoval && this.reset(),
    );
    this.watchThePage(parts);
  }

  /** Neither unload nor beforeunload, which would keep the page out of the back/forward cache. */
  private watchThePage({ sender }: Parts): void {
    document.addEventListener('visibilitychange', () =>
      document.visibilityState === 'hidden' ? sender.leaving() : sender.again(),
    );
    addEventListener('pagehide', () => sender.leaving());
    addEventListener('pageshow', (event) => event.persisted && sender.again());
    addEventListener('online', () => sender.again());
  }

  /** Runs now or later, and not at all without consent. */
  private whenStarted(call: (parts: Parts) => void): void {
    if (isOnServer()) return;
    const guarded = () => {
      const parts = this.parts!;
      if (!parts.consent.isGiven()) return this.log('not sent: no consent');
      try {
        call(parts);
      } catch (error) {
        this.complain('not_sent', `The call could not be made a message: ${String(error)}`);
      }
    };
    if (this.isStarted) guarded();
    else this.waiting.push(guarded);
  }

  private sendIdentify(
    parts: Parts,
    id: unknown,
    traits: Traits,
    userHash: string | undefined,
  ): void {
    const user = userId(id);
    if ('wrong' in user) {
      return this.complain('bad_user_id', `The user id ${user.wrong}: nobody was identified.`);
    }
    const before = parts.identity.current();
    const isOther = before.userId !== undefined && before.userId !== user.id;
    if (isOther) {
      parts.identity.renew();
      this.complain(
        'user_changed',
        `crowd.identify("${user.id}") while "${before.userId}" was logged in: a new anonymous id keeps the two apart. Call crowd.reset() at logout.`,
      );
    }
    const { anonymousId, session, identified } = parts.identity.current();
    const said = digest(JSON.stringify([anonymousId, session, user.id, traits, userHash]));
    if (said === identified) return this.log('identify: the same as before in this session');
    const known = parts.identity.change({
      userId: user.id,
      identified: said,
      ...(userHash && { userHash }),
    });
    const context = isOther ? { reason: 'user_changed' } : {};
    this.send(parts, known, 'identify', { traits }, context);
  }

  private sendPage(parts: Parts, name: string | undefined, properties: Traits): void {
    const known = parts.identity.current();
    const { title, referrer } = document;
    const { href, pathname: path } = location;
    this.send(parts, known, 'page', {
      name: name ?? title,
      properties: { url: href.split('#')[0], path, title, referrer, ...properties },
    });
  }

  private send(
    parts: Parts,
    known: Known,
    type: Message['type'],
    fields: Record<string, unknown>,
    context: Record<string, unknown> = {},
  ): void {
    const timestamp = (this.lastTime = after(this.lastTime));
    const id = uuid(timestamp);
    const text = JSON.stringify({
      type,
      message_id: id,
      timestamp,
      anonymous_id: known.anonymousId,
      ...(type !== 'reset' && known.userId && { user_id: known.userId, user_hash: known.userHash }),
      ...fields,
      context: {
        library: { name: 'crowd.js', version: VERSION },
        session_id: known.session,
        group_id: known.groupId,
        locale: navigator.language,
        page: { path: location.pathname, title: document.title },
        ...context,
      },
    });
    if (byteLength(text) > MAX_MESSAGE) {
      return this.lost(text, { code: 'message_too_large', detail: 'A message holds 32 KB.' });
    }
    parts.queue.add(id, text);
    this.log(`${type} waits to be sent`, text);
    parts.sender.soon(type === 'track' || type === 'page' ? GATHER : 0);
  }

  private consent(word: 'in' | 'out'): void {
    const say = () => {
      const { consent, identity, queue } = this.parts!;
      consent.say(word);
      if (word === 'in') return;
      queue.clear();
      identity.forget();
    };
    if (this.isStarted) say();
    else this.waiting.push(say);
  }

  private taken(text: string, { outcome, warnings = [] }: Result): void {
    const message: Message = JSON.parse(text);
    for (const { code, detail, field } of warnings) {
      this.complain(code, advised(code, field ? `${field}: ${detail}` : detail));
    }
    // The id is somebody else's, or was given up elsewhere: what follows is not to be lost to it.
    if (outcome === 'user_switch' || outcome === 'retired') this.leave(message.anonymous_id);
    this.log(`${message.type} was taken`, outcome);
    this.emit('sent', message, outcome);
  }

  private leave(anonymousId: string): void {
    const { consent, identity } = this.parts!;
    if (!consent.isGiven()) return;
    const { anonymousId: now, userId, userHash, groupId } = identity.current();
    if (now !== anonymousId) return;
    identity.renew();
    identity.change({
      ...(userId && { userId }),
      ...(userHash && { userHash }),
      ...(groupId && { groupId }),
    });
  }

  private refused(text: string, { status, code, detail }: Problem): void {
    this.lost(text, { code, detail: advised(code, `${status} ${code}: ${detail}`) });
  }

  private lost(text: string, reason: Warning): void {
    const message: Message = JSON.parse(text);
    const { consent, identity } = this.parts!;
    if (message.type === 'identify' && consent.isGiven()) {
      const { anonymousId, userId } = identity.current();
      // Later messages that name him would not be taken either, and the same call has to be sent again.
      if (anonymousId === message.anonymous_id && userId === message.user_id) identity.disown();
    }
    console.warn(`crowd: ${message.type} was not taken: ${reason.detail}`);
    this.emit('failed', message, reason);
  }

  private complain(code: string, detail: string): void {
    if (this.isDebugging || !QUIET.has(code)) console.warn(`crowd: ${detail}`);
    this.emit('warning', { code, detail });
  }

  private log(...what: unknown[]): void {
    if (this.isDebugging) console.info('crowd:', ...what);
  }

  private emit<K extends keyof Listeners>(name: K, ...what: Parameters<Listeners[K]>): void {
    for (const listener of this.listeners[name]) {
      try {
        (listener as (...what: Parameters<Listeners[K]>) => void)(...what);
      } catch (error) {
        console.error(error);
      }
    }
  }
}

/** Where a page is rendered before it is sent. Nobody is there yet. */
function isOnServer(): boolean {
  return typeof document === 'undefined';
}

/** Now, and never the same moment twice: what was done first is first. A clock put back is followed. */
function after(last: number): number {
  const now = Date.now();
  return now <= last && last - now < 1000 ? last + 1 : now;
}

declare const __VERSION__: string;
const VERSION = __VERSION__;

/** What happens to the best of websites: worth a line only to who looks for it. */
const QUIET = new Set(['busy', 'unreachable', 'trait_older', 'anonymous_id_retired']);

/** Tells two texts apart, so that no trait has to be kept to know it again: FNV-1a, twice 32 bits. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
