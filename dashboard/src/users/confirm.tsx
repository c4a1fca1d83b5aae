import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Api, ApiError, type Identity, type MergedUser, type User } from '../api';
import { useSigned } from '../context';
import { Id } from '../parts/parts';
import type { Log } from '../timeline/uselog';

/** What cannot be done with a read key. */
export type Act =
  | { kind: 'unlink'; user: User; identity: Identity }
  | { kind: 'part'; user: User; merged: MergedUser }
  | { kind: 'erase'; user: User };

interface Props {
  act: Act;
  events: Log;
  onClose(): void;
  onDone(): void;
}

/** The server key, once given: in memory alone, and gone with a reload. */
let given = '';

/** Says what will happen before it does. */
export function Confirm({ act, events, onClose, onDone }: Props) {
  const { session } = useSigned();
  const dialog = useRef<HTMLDialogElement>(null);
  const [key, setKey] = useState(session.role === 'server' ? session.key : given);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const needsKey = session.role !== 'server';
  const isErasure = act.kind === 'erase';

  useEffect(() => dialog.current?.showModal(), []);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      await carryOut(act, key.trim(), session.website);
      given = needsKey ? key.trim() : '';
      onDone();
    } catch (thrown) {
      setProblem(explained(thrown));
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} aria-labelledby="act" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="act">{TITLES[act.kind]}</h2>
        <p class="subject">
          <Subject act={act} />
        </p>
        <ul>
          {consequences(act, events).map((text, place) => (
            <li key={place}>{text}</li>
          ))}
        </ul>
        {needsKey && (
          <>
            <label for="server-key">Server key</label>
            <input
              id="server-key"
              class="mono"
              type="password"
              value={key}
              onInput={(event) => setKey(event.currentTarget.value)}
              placeholder="sk_…"
              autocomplete="off"
              required
            />
            <p class="faint">Kept until this page is reloaded.</p>
          </>
        )}
        {isErasure && (
          <>
            <label for="typed">
              To be sure, type <code>{act.user.user_id}</code>
            </label>
            <input
              id="typed"
              class="mono"
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
              autocomplete="off"
              spellcheck={false}
            />
          </>
        )}
        <p class="problem" role="alert">
          {problem}
        </p>
        <div class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            class={isErasure ? 'primary danger' : 'primary'}
            disabled={busy || !key.trim() || (isErasure && typed !== act.user.user_id)}
          >
            {busy ? 'One moment…' : BUTTONS[act.kind]}
          </button>
        </div>
      </form>
    </dialog>
  );
}

const TITLES = { unlink: 'Unlink this anonymous id?', part: 'Take this user out?', erase: 'Erase this person?' };
const BUTTONS = { unlink: 'Unlink', part: 'Take out', erase: 'Erase for good' };

function Subject({ act }: { act: Act }) {
  switch (act.kind) {
    case 'unlink':
      return (
        <>
          <Id value={act.identity.anonymous_id} /> from <Id value={act.user.user_id} />
        </>
      );
    case 'part':
      return (
        <>
          <Id value={act.merged.user_id} /> out of <Id value={act.merged.merged_into} />
        </>
      );
    case 'erase':
      return <Id value={act.user.user_id} />;
  }
}

function consequences(act: Act, log: Log): ComponentChildren[] {
  switch (act.kind) {
    case 'unlink': {
      const its = log.entries.filter(
        ({ event }) => event.anonymous_id === act.identity.anonymous_id && event.user_id === undefined,
      ).length;
      return [
        <>
          {isRead(log) ? counted(its, 'event', log.isWhole) : 'The events'} that came under this id alone{' '}
          {its === 1 ? 'leaves' : 'leave'} the
          profile at once and {its === 1 ? 'is' : 'are'} nobody’s again.
        </>,
        'What names the user himself stays, traits too.',
        'The id is free: who names it next, in a message from now on, gets it with its events.',
        'Repeats of earlier messages do not bring the link back.',
      ];
    }
    case 'part':
      return [
        'The two stand for themselves again, each with the traits, events and anonymous ids that were his own.',
        'An alias call can merge them again.',
      ];
    case 'erase': {
      const { identities, aliases } = act.user;
      return [
        <>
          The user
          {aliases.length > 0 && <>, {counted(aliases.length, 'merged user', true)}</>}
          {identities.length > 0 && <>, {counted(identities.length, 'anonymous id', true)}</>} and all events received
          up to now{isRead(log) && <> ({counted(log.entries.length, 'event', log.isWhole)})</>} go.
        </>,
        'Readers see nothing of it at once. The data is gone within minutes, and finally after about half an hour.',
        'No late or repeated message brings it back. What is received from now on is a new profile.',
        <b>This cannot be undone.</b>,
      ];
    }
  }
}

/** Until then there is no number to tell. */
function isRead(log: Log): boolean {
  return log.isWhole || log.entries.length > 0;
}

function counted(count: number, noun: string, isAll: boolean): string {
  return `${new Intl.NumberFormat().format(count)}${isAll ? '' : ' or more'} ${noun}${count === 1 && isAll ? '' : 's'}`;
}

async function carryOut(act: Act, key: string, website: string): Promise<void> {
  const api = new Api(key);
  switch (act.kind) {
    case 'unlink':
      // He whose link it is may be one of those who were merged in.
      await api.unlink(website, act.user.user_id, { anonymous_id: act.identity.anonymous_id });
      return;
    case 'part':
      await api.unlink(website, act.merged.merged_into, { previous_id: act.merged.user_id });
      return;
    case 'erase':
      await api.erase(act.user.user_id);
  }
}

function explained(thrown: unknown): string {
  if (thrown instanceof ApiError) {
    if (thrown.status === 401) {
      return 'This key opens nothing: it is mistyped or revoked.';
    }
    if (thrown.code === 'server_key_required') {
      return 'This is a read key. A server key begins with sk_.';
    }
    if (thrown.code === 'key_of_another_website') {
      return 'This key is of another website.';
    }
    if (thrown.code === 'user_not_found') {
      return 'Somebody was faster: this person is no longer here.';
    }
  }
  return (thrown as Error).message;
}
