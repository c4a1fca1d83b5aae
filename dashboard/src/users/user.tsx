import { useEffect, useMemo, useState } from 'preact/hooks';
import type { User } from '../api';
import { useSigned } from '../context';
import { Icon } from '../parts/icons';
import { Blank, Copy, Face, Failed, Id, Moment, useFailure, useFocused } from '../parts/parts';
import { link } from '../route';
import { nameOf } from '../text';
import type { Filter } from '../timeline/log';
import { Timeline } from '../timeline/timeline';
import { mixedTraits } from '../timeline/types';
import { useLog } from '../timeline/uselog';
import { Confirm, type Act } from './confirm';
import { Facts } from './facts';
import { remembered } from './remembered';
import { Warnings } from './warnings';

/** A link, a merge or a trait that comes without an event of its own is seen after this long. */
const REREAD_MILLIS = 5_000;

export function UserPage({ id }: { id: string }) {
  const { api } = useSigned();
  const [user, setUser] = useState<User | null>(null);
  const [isGone, setGone] = useState(false);
  const [round, setRound] = useState(0);
  const [error, failed, clear] = useFailure();
  const [act, setAct] = useState<Act | null>(null);
  const [tab, setTab] = useState<'events' | 'facts'>('events');
  const [filter, setFilter] = useState<Filter>({ type: '', text: '' });
  const log = useLog(id, isGone);

  useEffect(() => {
    const call = new AbortController();
    const read = async () => {
      try {
        const read = await api.user(id, call.signal);
        setUser((known) => (JSON.stringify(known) === JSON.stringify(read) ? known : read));
        setGone(false);
        clear();
      } catch (thrown) {
        if ((thrown as { status?: number }).status === 404) {
          setGone(true);
        } else {
          failed(thrown);
        }
      }
    };
    void read();
    const timer = setInterval(() => document.visibilityState === 'visible' && void read(), REREAD_MILLIS);
    return () => {
      clearInterval(timer);
      call.abort();
    };
  }, [api, id, round, log.fresh]);

  const heading = useFocused<HTMLHeadingElement>(user?.user_id);
  const mixed = useMemo(() => mixedTraits(log.entries), [log.entries]);

  if (isGone) {
    return <Nobody id={id} wasHere={user !== null} />;
  }
  if (!user) {
    return (
      <main class="user">{error ? <Failed error={error} onRetry={() => setRound(round + 1)} /> : <Loading />}</main>
    );
  }
  const name = nameOf(user);
  const showMessage = (text: string) => {
    setFilter({ type: '', text });
    setTab('events');
  };
  return (
    <main class={`user show-${tab}`}>
      <div class="user-head">
        <a
          class="back"
          href={link({ page: 'users', query: remembered().query })}
          aria-label="Back to the list of users"
        >
          <Icon name="back" />
        </a>
        <Face name={name} id={user.user_id} />
        <div class="who">
          <h1 ref={heading} tabIndex={-1}>
            {name}
          </h1>
          <p>
            <Id value={user.user_id} />
            <Copy text={user.user_id} what="user id" />
          </p>
        </div>
        <dl class="seen">
          <div>
            <dt>First seen</dt>
            <dd>
              <Moment at={user.first_seen} />
            </dd>
          </div>
          <div>
            <dt>Last seen</dt>
            <dd>
              <Moment at={user.last_seen} />
            </dd>
          </div>
        </dl>
        <button class="danger" onClick={() => setAct({ kind: 'erase', user })}>
          Erase…
        </button>
      </div>
      {user.resolved_from && (
        <p class="note">
          <Icon name="link" />
          <span>
            <Id value={user.resolved_from} /> belongs to <Id value={user.user_id} />.
          </span>
        </p>
      )}
      <Warnings user={user} mixed={mixed} isWhole={log.isWhole} onMessage={showMessage} />
      <div class="tabs" role="group" aria-label="What to show">
        <button aria-pressed={tab === 'events'} onClick={() => setTab('events')}>
          Timeline
        </button>
        <button aria-pressed={tab === 'facts'} onClick={() => setTab('facts')}>
          Profile
        </button>
      </div>
      <div class="user-body">
        <Facts
          user={user}
          onMessage={showMessage}
          onUnlink={(identity) => setAct({ kind: 'unlink', user, identity })}
          onPart={(merged) => setAct({ kind: 'part', user, merged })}
        />
        <Timeline log={log} user={user} filter={filter} onFilter={setFilter} />
      </div>
      {act && (
        <Confirm
          act={act}
          events={log}
          onClose={() => setAct(null)}
          onDone={() => {
            setAct(null);
            log.reread();
            setRound(round + 1);
          }}
        />
      )}
    </main>
  );
}

function Nobody({ id, wasHere }: { id: string; wasHere: boolean }) {
  return (
    <main class="user">
      <Blank of="page" title={wasHere ? 'This person is no longer here' : 'Nobody has this id'}>
        <p>
          <Id value={id} />
        </p>
        {wasHere ? (
          <p>
            He was erased, or the id was taken from him. What is received from now on with the same id is a new profile.
          </p>
        ) : (
          <ul>
            <li>An anonymous id is nobody’s until somebody is identified with it.</li>
            <li>Look whether the identify call named this website, and whether something blocked it.</li>
          </ul>
        )}
        <a class="button" href={link({ page: 'users', query: '' })}>
          All users
        </a>
      </Blank>
    </main>
  );
}

function Loading() {
  return (
    <div class="user-head loading">
      <h1 class="sr-only">Loading the profile</h1>
      <i class="face" />
      <div class="who">
        <i class="bone" />
        <p>
          <i class="bone" />
        </p>
      </div>
    </div>
  );
}
