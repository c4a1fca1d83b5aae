export interface Options {
  /**
   * Where the API is. Without it: where the script came from, and for a bundled SDK the page's own
   * origin. A path of your own that leads there keeps ad blockers away.
   */
  endpoint?: string;
  /** Sends a page view at load, at every navigation within the page, and when it is come back to. */
  pages?: boolean;
  /** Says in the console what is sent, what was answered, and what to do about it. */
  debug?: boolean;
  /** Sends nothing, and stores nothing, until `optIn()`. */
  consentRequired?: boolean;
  /**
   * Whether Global Privacy Control and Do Not Track are a no. They are unless this is `false` or the
   * visitor opts in.
   */
  respectPrivacySignals?: boolean;
  /** Whether the removal of `<meta data-crowd-user>` is a logout. */
  resetOnMetaRemoval?: boolean;
}

export type Traits = Record<string, unknown>;

export interface IdentifyOptions {
  /** Proves the user, where the website wants that: made by your server, docs/http-api.md. */
  userHash?: string;
}

/** A message as it was handed over. */
export interface Message {
  readonly type: 'identify' | 'track' | 'page' | 'group' | 'reset';
  readonly message_id: string;
  readonly timestamp: number;
  readonly anonymous_id: string;
  readonly user_id?: string;
  readonly [field: string]: unknown;
}

export interface Listeners {
  /** The API has taken it. */
  sent: (message: Message, outcome: string | undefined) => void;
  /** It is given up, for this reason. */
  failed: (message: Message, reason: Warning) => void;
  /** Something that a developer should look at. */
  warning: (warning: Warning) => void;
}

export interface Warning {
  /** Stable, snake_case. */
  readonly code: string;
  readonly detail: string;
}
