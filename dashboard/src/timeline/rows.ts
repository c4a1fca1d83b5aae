import type { Identity } from '../api';
import type { Entry } from './log';

/** What is drawn in one line of the timeline. */
export type Row =
  | { kind: 'day'; key: string; time: number }
  | { kind: 'event'; key: string; entry: Entry }
  /** The point at which an anonymous id became the user's: what lies below was done before it. */
  | { kind: 'joined'; key: string; identity: Identity };

/**
 * @param entries newest first
 * @param isWhole nothing older follows: an id whose message is not among the entries was joined by none of them, and is
 *     drawn by its time
 */
export function rowsOf(
  entries: Entry[],
  identities: Identity[],
  isWhole: boolean,
  dayNumber: (millis: number) => number,
): Row[] {
  const byMessage = Map.groupBy(identities, (identity) => identity.message_id);
  const without = new Set(isWhole ? identities : []);
  entries.forEach((entry) => byMessage.get(entry.event.message_id)?.forEach((identity) => without.delete(identity)));
  const byTime = [...without].sort((a, b) => Date.parse(b.linked_at) - Date.parse(a.linked_at));
  const rows: Row[] = [];
  let day: number | null = null;
  const join = (identity: Identity) => rows.push({ kind: 'joined', key: 'j' + identity.anonymous_id, identity });
  for (const entry of entries) {
    while (byTime[0] && Date.parse(byTime[0].linked_at) > entry.time) {
      join(byTime.shift()!);
    }
    const its = dayNumber(entry.time);
    if (its !== day) {
      day = its;
      rows.push({ kind: 'day', key: 'd' + its, time: entry.time });
    }
    rows.push({ kind: 'event', key: entry.key, entry });
    byMessage.get(entry.event.message_id)?.forEach(join);
  }
  byTime.forEach(join);
  return rows;
}
