import { kind } from '../text';
import type { Entry } from './log';

/** A trait that was sent with several types, newest first. */
export interface MixedTrait {
  name: string;
  writes: { type: string; time: number; messageId: string }[];
}

/**
 * The traits whose JSON type differs between identify calls. The profile holds the last write of each; only the events
 * still know what was sent before.
 *
 * @param entries newest first
 */
export function mixedTraits(entries: Entry[]): MixedTrait[] {
  const writes = new Map<string, MixedTrait['writes']>();
  for (const { event, time } of entries) {
    if (event.type !== 'identify') {
      continue;
    }
    for (const [name, value] of Object.entries(event.traits ?? {})) {
      const its = writes.get(name) ?? [];
      writes.set(name, its);
      if (value !== null && its.at(-1)?.type !== kind(value)) {
        its.push({ type: kind(value), time, messageId: event.message_id });
      }
    }
  }
  return [...writes].filter(([, its]) => its.length > 1).map(([name, its]) => ({ name, writes: its }));
}
