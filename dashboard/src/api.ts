/** What the HTTP API answers, as docs/openapi.yaml says; and the calls that a page about users makes. */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export interface Website {
  website: string;
  key: 'read' | 'server';
  first_event_at: string | null;
}

export interface UserSummary {
  user_id: string;
  traits: Record<string, Json>;
  first_seen: string | null;
  last_seen: string | null;
  anonymous_ids: string[];
}

export interface Identity {
  anonymous_id: string;
  linked_at: string;
  source: string;
  message_id: string;
}

export interface MergedUser {
  user_id: string;
  merged_into: string;
  merged_at: string;
  message_id: string;
}

export interface Decision {
  type: string;
  at: string;
  source: string;
  message_id: string;
  anonymous_id?: string;
  user_id?: string;
}

export interface User {
  user_id: string;
  traits: Record<string, Json>;
  trait_history: Record<
    string,
    { set_at: string; set_by: 'traits' | 'set_once'; message_id: string; verified: boolean }
  >;
  first_seen: string | null;
  last_seen: string | null;
  identities: Identity[];
  aliases: MergedUser[];
  groups: { group_id: string; traits: Record<string, Json>; since: string }[];
  history: Decision[];
  warnings: { code: string; detail: string }[];
  resolved_from?: string;
}

export interface Event {
  message_id: string;
  type: string;
  event?: string;
  name?: string;
  group_id?: string;
  properties: Record<string, Json>;
  traits?: Record<string, Json>;
  timestamp: string;
  received_at: string;
  user_id?: string;
  anonymous_id?: string;
  before_identify: boolean;
}

export interface Page {
  next_cursor: string | null;
}

/** What is taken from a person: one of his anonymous ids, or a user who was merged in. */
export type Part = { anonymous_id: string } | { previous_id: string };

/** A call that was refused, or did not get through (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

export class Api {
  constructor(private readonly key: string) {}

  website(signal?: AbortSignal): Promise<Website> {
    return this.call('GET', '/website', signal);
  }

  users(query: string, cursor: string | null, signal?: AbortSignal): Promise<Page & { users: UserSummary[] }> {
    return this.call('GET', '/users' + parameters({ query, cursor, limit: '25' }), signal);
  }

  /** By any of his ids. */
  user(id: string, signal?: AbortSignal): Promise<User> {
    return this.call('GET', '/users/@' + parameters({ id }), signal);
  }

  events(id: string, limit: number, cursor: string | null, signal?: AbortSignal): Promise<Page & { events: Event[] }> {
    return this.call('GET', '/users/@/events' + parameters({ id, cursor, limit: `${limit}` }), signal);
  }

  /** @returns `unlinked`, or `not_linked` if somebody was faster */
  unlink(website: string, id: string, part: Part): Promise<{ outcome: string }> {
    return this.call('POST', '/users/@/unlink' + parameters({ id }), undefined, { website, ...part });
  }

  erase(id: string): Promise<{ outcome: string }> {
    return this.call('DELETE', '/users/@' + parameters({ id }));
  }

  private async call<T>(method: string, path: string, signal?: AbortSignal, body?: object): Promise<T> {
    // A call that nobody waits for any more ends as such, however far it has come.
    const unlessAborted = (thrown: unknown) => {
      if (signal?.aborted) {
        throw thrown;
      }
      return null;
    };
    const response = await fetch(path, {
      method,
      headers: { 'X-Crowd-Key': this.key },
      cache: 'no-store',
      ...(signal && { signal }),
      ...(body && { body: JSON.stringify(body) }),
    }).catch(unlessAborted);
    if (response === null) {
      throw new ApiError(0, 'network', 'The API cannot be reached.');
    }
    const answer = await response.json().catch(unlessAborted);
    if (response.ok && answer !== null) {
      return answer;
    }
    throw new ApiError(
      response.status,
      answer?.code ?? 'no_answer',
      answer?.detail ?? `The API answered ${response.status} and nothing that can be read.`,
    );
  }
}

/** An id can be anything, so it goes where nothing of it can be taken for a part of the path. */
function parameters(named: Record<string, string | null>): string {
  const given = Object.entries(named).filter((entry): entry is [string, string] => !!entry[1]);
  return given.length === 0 ? '' : '?' + new URLSearchParams(given);
}
