import type { Website } from './api';

/** Somebody who is signed in. */
export interface Session {
  key: string;
  website: string;
  role: Website['key'];
}

const NAME = 'crowd_session';

/** The key lives as long as the tab: not in the next one, nor after it is closed. */
export function restore(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? 'null');
  } catch {
    return null;
  }
}

export function keep(session: Session | null): void {
  try {
    if (session) {
      sessionStorage.setItem(NAME, JSON.stringify(session));
    } else {
      sessionStorage.removeItem(NAME);
    }
  } catch {
    // Storage is refused: the session ends with the page.
  }
}
