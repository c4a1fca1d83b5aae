import { uuid } from './ids.js';
import { type Cookies, local } from './storage.js';

/** Half an hour without a message ends a session, as analytics tools commonly count. */
const SESSION_ENDS_AFTER = 30 * 60_000;

/** Milliseconds: how old the kept time of the last message may grow before it is written again. */
const SESSION_WRITTEN_AFTER = 10_000;

/** What is known in this browser. No traits: they are sent, and not kept. */
export interface Known {
  readonly anonymousId: string;
  readonly session: string;
  readonly userId?: string;
  readonly userHash?: string;
  readonly groupId?: string;
  /** Of the last identify of this session. */
  readonly identified?: string;
}

type Kept = Known & { readonly at: number };

/**
 * Who is at this browser. It is read for every message, since another tab may have logged in or out
 * in the meantime.
 *
 * The anonymous id stands in a cookie that a website's hosts share, and in the local storage of each;
 * either restores the other. What else is known stands in local storage, and holds only for the
 * anonymous id that it was written with: so a logout on one host is one on all.
 */
export class Identity {
  private memory: Kept | undefined;

  /**
   * @param name of the cookie, and of the entry in local storage
   */
  constructor(
    private readonly name: string,
    private readonly cookies: Pick<Cookies, 'get' | 'set' | 'remove'>,
    private readonly now: () => number,
  ) {}

  /** Restores what is missing in one place from the other, or begins anew. */
  current(): Kept {
    const now = this.now();
    const kept = this.kept();
    const id = this.cookies.get(this.name);
    const anonymousId = isAnonymousId(id) ? id : (kept?.anonymousId ?? `anon_${uuid(now)}`);
    if (!kept || kept.anonymousId !== anonymousId) {
      return this.keep({ anonymousId, session: uuid(now), at: now });
    }
    const age = now - kept.at;
    if (age > SESSION_ENDS_AFTER || age < 0) {
      const { identified: _, ...rest } = kept;
      return this.keep({ ...rest, session: uuid(now), at: now });
    }
    return age > SESSION_WRITTEN_AFTER || id !== anonymousId
      ? this.keep({ ...kept, at: now })
      : kept;
  }

  change(known: Partial<Known>): Known {
    return this.keep({ ...this.current(), ...known, at: this.now() });
  }

  /** Takes back who the user is: the API did not take it. */
  disown(): void {
    const { userId: _, userHash: _hash, identified: _said, ...rest } = this.current();
    this.keep({ ...rest, at: this.now() });
  }

  /** A new anonymous id and session, and nothing else. */
  renew(): Known {
    const now = this.now();
    return this.keep({ anonymousId: `anon_${uuid(now)}`, session: uuid(now), at: now });
  }

  forget(): void {
    this.memory = undefined;
    this.cookies.remove(this.name);
    local.remove(this.name);
  }

  private kept(): Kept | undefined {
    try {
      const kept = JSON.parse(local.get(this.name) ?? 'null');
      if (kept && isAnonymousId(kept.anonymousId) && kept.session && kept.at > 0) return kept;
    } catch {
      // Not ours, or cut: as if it were not there.
    }
    return this.memory;
  }

  private keep(kept: Kept): Kept {
    this.memory = kept;
    this.cookies.set(this.name, kept.anonymousId);
    local.set(this.name, JSON.stringify(kept));
    return kept;
  }
}

function isAnonymousId(id: unknown): id is string {
  return typeof id === 'string' && /^anon_[\w-]{8,64}$/.test(id);
}
