import { useEffect, useRef, useState } from 'preact/hooks';
import type { UserSummary } from '../api';
import { useSigned } from '../context';
import { Icon } from '../parts/icons';
import { Blank, Face, Failed, Moment, useFailure } from '../parts/parts';
import { link } from '../route';
import { nameOf, short } from '../text';
import { remember, remembered } from './remembered';

/** How long the reader has to pause before a search is sent. */
const PAUSE_MILLIS = 150;

interface Found {
  query: string;
  page: number;
  users: UserSummary[];
  next: string | null;
}

export function UsersPage({ query }: { query: string }) {
  const { api } = useSigned();
  const [text, setText] = useState(query);
  const [cursors, setCursors] = useState(remembered().query === query ? remembered().cursors : []);
  const [found, setFound] = useState<Found | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const [isNew, setNew] = useState(false);
  const [error, failed, clear] = useFailure();
  const written = useRef(query);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLTableSectionElement>(null);
  const cursor = cursors.at(-1) ?? null;

  // A link to another search, or back to none. What comes of the reader's own typing is behind it already.
  useEffect(() => {
    if (query !== written.current) {
      written.current = query;
      setText(query);
      setCursors([]);
    }
  }, [query]);

  useEffect(() => {
    const wanted = text.trim();
    const call = new AbortController();
    setLoading(true);
    clear();
    const ask = async () => {
      try {
        const page = await api.users(wanted, cursor, call.signal);
        remember({ query: wanted, cursors });
        if (wanted !== written.current) {
          written.current = wanted;
          location.replace(link({ page: 'users', query: wanted }));
        }
        setFound({ query: wanted, page: cursors.length + 1, users: page.users, next: page.next_cursor });
        setLoading(false);
        if (!wanted && !cursor && page.users.length === 0) {
          setNew((await api.website(call.signal)).first_event_at === null);
        }
      } catch (thrown) {
        failed(thrown);
      }
    };
    const timer = setTimeout(ask, found === null ? 0 : PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      call.abort();
    };
  }, [api, text, cursors, round]);

  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      if (event.key === '/' && !(event.target as Element).closest('input, textarea, dialog')) {
        event.preventDefault();
        field.current?.focus();
      }
    };
    addEventListener('keydown', slash);
    return () => removeEventListener('keydown', slash);
  }, []);

  const search = (next: string) => {
    setText(next);
    setCursors([]);
  };

  /** Down from the field into the list, and up and down in it. */
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) {
      return;
    }
    event.preventDefault();
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement) + step;
    (at < 0 ? field.current : links[Math.min(at, links.length - 1)])?.focus();
  };

  const count = found?.users.length ?? 0;
  return (
    <main class="users" onKeyDown={walk}>
      <div class="users-head">
        <h1>Users</h1>
        <div class="search" role="search">
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            value={text}
            onInput={(event) => search(event.currentTarget.value)}
            placeholder="User id, email, name or anonymous id"
            aria-label="Search by user id, email, name or anonymous id"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-describedby="found"
          />
          <kbd aria-hidden="true">/</kbd>
        </div>
        <button onClick={() => setRound(round + 1)}>Refresh</button>
      </div>
      <p id="found" class="sr-only" role="status">
        {isLoading ? '' : `${count} users${found?.next ? ' on this page' : ''}`}
      </p>
      {error ? (
        <Failed error={error} onRetry={() => setRound(round + 1)} />
      ) : (
        <>
          {found?.users.length === 0 ? (
            <Nobody query={found.query} isNew={isNew} onClear={() => search('')} />
          ) : (
            <table class={isLoading && found ? 'people stale' : 'people'} aria-busy={isLoading}>
              <thead>
                <tr>
                  <th scope="col">User</th>
                  <th scope="col" class="wide">
                    Traits
                  </th>
                  <th scope="col" class="number mid">
                    Anonymous ids
                  </th>
                  <th scope="col" class="mid">
                    First seen
                  </th>
                  <th scope="col">Last seen</th>
                </tr>
              </thead>
              <tbody ref={list}>
                {found ? found.users.map((user) => <Line key={user.user_id} user={user} />) : <Loading />}
              </tbody>
            </table>
          )}
          {(cursor || found?.next) && (
            <nav class="pages" aria-label="Pages">
              <button disabled={!cursor || isLoading} onClick={() => setCursors(cursors.slice(0, -1))}>
                <Icon name="back" /> Newer
              </button>
              <span>Page {found?.page ?? cursors.length + 1}</span>
              <button disabled={!found?.next || isLoading} onClick={() => setCursors([...cursors, found!.next!])}>
                Older <Icon name="next" />
              </button>
            </nav>
          )}
        </>
      )}
    </main>
  );
}

function Line({ user }: { user: UserSummary }) {
  const name = nameOf(user);
  const { name: _, email, ...others } = user.traits;
  const second = [typeof email === 'string' && email !== name ? email : '', name === user.user_id ? '' : user.user_id];
  return (
    <tr>
      <td>
        <div class="person">
          <Face name={name} id={user.user_id} />
          <a href={link({ page: 'user', id: user.user_id })}>{name}</a>
          <small>{second.filter(Boolean).join(' · ') || '\u00a0'}</small>
        </div>
      </td>
      <td class="wide">
        <div class="pairs">
          {Object.entries(others)
            .slice(0, 4)
            .map(([trait, value]) => (
              <span key={trait}>
                <b>{trait}</b> {short(value).slice(0, 40)}
              </span>
            ))}
        </div>
      </td>
      <td class="number mid">{user.anonymous_ids.length}</td>
      <td class="mid">
        <Moment at={user.first_seen} as="date" />
      </td>
      <td>
        <Moment at={user.last_seen} as="ago" />
      </td>
    </tr>
  );
}

/** As high as the lines that come. */
function Loading() {
  return (
    <>
      {Array.from({ length: 8 }, (_, line) => (
        <tr key={line} class="loading" aria-hidden="true">
          <td>
            <div class="person">
              <i class="face" />
              <i class="bone" />
              <small>
                <i class="bone" />
              </small>
            </div>
          </td>
          <td class="wide">
            <i class="bone" />
          </td>
          <td class="mid" />
          <td class="mid">
            <i class="bone" />
          </td>
          <td>
            <i class="bone" />
          </td>
        </tr>
      ))}
    </>
  );
}

function Nobody({ query, isNew, onClear }: { query: string; isNew: boolean; onClear: () => void }) {
  if (query) {
    return (
      <Blank title="Nobody matches">
        <p>
          No user id, email or name begins with <q>{query}</q>, and it is nobody’s anonymous id.
        </p>
        <ul>
          <li>An anonymous id is found, written in full, once somebody was identified with it.</li>
          <li>If somebody was identified just now: look whether the call named this website, and was not blocked.</li>
        </ul>
        <button onClick={onClear}>Show all users</button>
      </Blank>
    );
  }
  return (
    <Blank title={isNew ? 'Nothing has arrived yet' : 'Nobody was identified yet'}>
      <p>
        {isNew
          ? 'Put the snippet on your pages, or send a first user from a terminal.'
          : 'Events arrive, all of them anonymous. A user stands here with the first identify.'}
      </p>
      <a class="button primary" href={link({ page: 'setup' })}>
        Set up
      </a>
    </Blank>
  );
}
