import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from './api';
import type { Session } from './session';
import type { Times } from './time';

/** What every part of the page stands on, once somebody is signed in. */
export interface Signed {
  api: Api;
  session: Session;
  times: Times;
  /** @param why shown on the page to sign in again; nothing if it was the reader's wish */
  signOut(why?: string): void;
}

export const Context = createContext<Signed | null>(null);

export function useSigned(): Signed {
  return useContext(Context)!;
}
