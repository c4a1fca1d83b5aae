import type { User } from '../api';
import { grouped } from '../grouped';
import { because } from '../text';
import type { Entry } from './log';

/** When an id became the user's. */
export interface Joint {
  id: string;
  at: string;
  messageId: string;
  /** How, as the end of a sentence. */
  how: string;
}

export function jointsOf(user: Pick<User, 'identities' | 'aliases'>): Joint[] {
  return [
    ...user.identities.map((identity) => ({
      id: identity.anonymous_id,
      at: identity.linked_at,
      messageId: identity.message_id,
      how: 'joined by ' + because(identity.source),
    })),
    ...user.aliases.map((merged) => ({
      id: merged.user_id,
      at: merged.merged_at,
      messageId: merged.message_id,
      how: 'merged in by an alias call',
    })),
  ];
}

/** What is drawn in one line of the timeline. */
export type Row =
  | { kind: 'day'; key: string; time: number }
  | { kind: 'event'; key: string; entry: Entry }
  /** What was done under the id lies below. */
  | { kind: 'joint'; key: string; joint: Joint };

/**
 * @param entries newest first
 * @param isWhole nothing older follows: an id whose message is not among the entries was joined by none of them, and is
 *     drawn by its time
 */
export function rowsOf(
  entries: Entry[],
  joints: Joint[],
  isWhole: boolean,
  dayNumber: (millis: number) => number,
): Row[] {
  const byMessage = grouped(joints, (joint) => joint.messageId);
  const without = new Set(isWhole ? joints : []);
  entries.forEach((entry) => byMessage.get(entry.event.message_id)?.forEach((joint) => without.delete(joint)));
  const byTime = [...without].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const rows: Row[] = [];
  let day: number | null = null;
  // A day can come twice: events lie by the time that their sender wrote, and are shown by the corrected one.
  const head = (time: number, below: string) => {
    const its = dayNumber(time);
    if (its !== day) {
      day = its;
      rows.push({ kind: 'day', key: `day ${below}`, time });
    }
  };
  const join = (joint: Joint) => rows.push({ kind: 'joint', key: `joint ${joint.messageId} ${joint.id}`, joint });
  for (const entry of entries) {
    for (; byTime[0] && Date.parse(byTime[0].at) > entry.time; byTime.shift()) {
      head(Date.parse(byTime[0].at), byTime[0].id);
      join(byTime[0]);
    }
    head(entry.time, entry.key);
    rows.push({ kind: 'event', key: entry.key, entry });
    byMessage.get(entry.event.message_id)?.forEach(join);
  }
  byTime.forEach(join);
  return rows;
}
