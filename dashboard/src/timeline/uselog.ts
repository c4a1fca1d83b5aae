import { useEffect, useRef, useState } from 'preact/hooks';
import { useSigned } from '../context';
import { useFailure } from '../parts/parts';
import type { ApiError } from '../api';
import { entryOf, isSame, withNewest, withOlder, type Entry } from './log';

/** Quick to come and to draw: more than a screen. */
const FIRST = 100;

/** As many as the API gives at once. */
const OLDER = 1_000;

/** Events that are read again to see what is new: more than come in a second. */
const NEWEST = 50;

/** So that an event is on the page less than two seconds after it is in the timeline. */
const EVERY_MILLIS = 1_000;

export interface Log {
  entries: Entry[];
  isLoading: boolean;
  /** There is nothing older. */
  isWhole: boolean;
  /** Keys of events that came while the page was open. */
  fresh: ReadonlySet<string>;
  error: ApiError | null;
  older(): void;
  reread(): void;
}

interface State {
  entries: Entry[];
  cursor: string | null;
  isWhole: boolean;
  fresh: Set<string>;
}

const NOTHING: State = { entries: [], cursor: null, isWhole: false, fresh: new Set() };

/** The events of a person: the newest as they come, older ones as they are asked for. */
export function useLog(id: string, isGone: boolean): Log {
  const { api } = useSigned();
  const [state, setState] = useState(NOTHING);
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const [error, failed, clear] = useFailure();
  const latest = useRef(state);
  const calls = useRef(new AbortController());
  const isReadingOlder = useRef(false);
  latest.current = state;

  const change = (next: State) => {
    latest.current = next;
    setState(next);
  };

  useEffect(() => {
    const own = new AbortController();
    calls.current = own;
    isReadingOlder.current = false;
    setLoading(true);
    clear();

    const first = async () => {
      const page = await api.events(id, FIRST, null, own.signal);
      change({
        entries: page.events.map(entryOf),
        cursor: page.next_cursor,
        isWhole: page.next_cursor === null,
        fresh: NOTHING.fresh,
      });
      setLoading(false);
    };

    const newest = async (limit = NEWEST) => {
      const page = await api.events(id, limit, null, own.signal);
      const now = latest.current;
      const entries = withNewest(now.entries, page.events.map(entryOf), page.next_cursor === null);
      if (entries === null) {
        await (limit === NEWEST ? newest(OLDER) : first());
      } else if (!isSame(entries, now.entries, limit)) {
        const known = new Set(now.entries.map((entry) => entry.key));
        const fresh = new Set(now.fresh);
        entries.slice(0, limit).forEach(({ key }) => known.has(key) || fresh.add(key));
        const isWhole = now.isWhole || page.next_cursor === null;
        change({ entries, fresh, isWhole, cursor: isWhole ? null : now.cursor });
      }
    };

    let timer: ReturnType<typeof setTimeout>;
    let isFirst = true;
    const step = async () => {
      const began = performance.now();
      try {
        if (isFirst) {
          await first();
          isFirst = false;
        } else if (document.visibilityState === 'visible' && !isReadingOlder.current) {
          await newest();
          clear();
        }
      } catch (thrown) {
        if (!own.signal.aborted && (thrown as { status?: number }).status !== 404) {
          failed(thrown);
        }
      }
      if (!own.signal.aborted) {
        timer = setTimeout(step, Math.max(EVERY_MILLIS / 4, EVERY_MILLIS - (performance.now() - began)));
      }
    };
    if (!isGone) {
      void step();
    }
    return () => {
      own.abort();
      clearTimeout(timer);
    };
  }, [api, id, round, isGone]);

  const older = async () => {
    const { cursor } = latest.current;
    const { signal } = calls.current;
    if (isReadingOlder.current || cursor === null) {
      return;
    }
    isReadingOlder.current = true;
    try {
      const page = await api.events(id, OLDER, cursor, signal);
      const now = latest.current;
      change({
        ...now,
        entries: withOlder(now.entries, page.events.map(entryOf)),
        cursor: page.next_cursor,
        isWhole: page.next_cursor === null,
      });
    } catch (thrown) {
      failed(thrown);
    }
    if (!signal.aborted) {
      isReadingOlder.current = false;
    }
  };

  return {
    ...state,
    isLoading,
    error,
    older: () => void older(),
    reread: () => setRound((number) => number + 1),
  };
}
