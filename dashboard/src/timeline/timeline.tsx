import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Decision, User } from '../api';
import { useSigned } from '../context';
import { grouped } from '../grouped';
import { Icon } from '../parts/icons';
import { Blank, Failed, useNarrow } from '../parts/parts';
import { EventRow, linesOf } from './event';
import { isFiltering, matching, type Filter } from './log';
import { Offsets } from './offsets';
import { jointsOf, rowsOf, type Joint, type Row } from './rows';
import type { Log } from './uselog';

/** Rows beyond what is seen, so that nothing blank shows while it is scrolled. */
const MARGIN_PIXELS = 400;

/** Heights in pixels; styles.css has the same. On narrow screens an event has two lines. */
const HEIGHTS = { day: 36, joint: 40, wide: 38, narrow: 58, line: 18, open: 60, most: 22 };

interface Props {
  log: Log;
  user: User;
  filter: Filter;
  onFilter(filter: Filter): void;
}

export function Timeline({ log, user, filter, onFilter }: Props) {
  const { times } = useSigned();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const isNarrow = useNarrow(720);

  const shown = useMemo(() => matching(log.entries, filter), [log.entries, filter]);
  const rows = useMemo(
    () => rowsOf(shown, filter.text.trim() ? [] : jointsOf(user), log.isWhole, times.dayNumber),
    [shown, filter, user, log.isWhole, times],
  );
  const offsets = useMemo(
    () => new Offsets(rows.length, (row) => heightOf(rows[row]!, open, isNarrow)),
    [rows, open, isNarrow],
  );
  const decisions = useMemo(() => grouped(user.history, (decision) => decision.message_id), [user.history]);
  const types = useMemo(() => [...new Set(log.entries.map(({ event }) => event.type))].sort(), [log.entries]);

  useAnchor(scroller, rows, offsets);
  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    scroller.current!.scrollTop = 0;
  }, [filter]);

  const from = offsets.at(view.top - MARGIN_PIXELS);
  const to = offsets.at(view.top + view.height + MARGIN_PIXELS);
  useEffect(() => {
    // With a filter all of it is looked through, for the reader cannot know where a match is.
    const isNear = offsets.total - view.top - view.height < 2_000;
    if (!log.isLoading && !log.isWhole && !log.error && (isNear || isFiltering(filter))) {
      log.older();
    }
  });

  const events = useMemo(() => rows.flatMap((row, place) => (row.kind === 'event' ? [place] : [])), [rows]);
  const activePlace = useMemo(() => rows.findIndex((row) => row.key === active), [rows, active]);
  const reached = activePlace >= 0 ? activePlace : (events[0] ?? -1);
  const drawn = range(from, to, rows.length);
  if (reached >= 0 && !drawn.includes(reached)) {
    // The row that has the focus stays, wherever it was scrolled to.
    drawn.push(reached);
  }

  const go = (place: number | undefined) => {
    const element = scroller.current!;
    if (place === undefined) {
      return;
    }
    const top = offsets.top(place);
    if (top - HEIGHTS.day < element.scrollTop) {
      element.scrollTop = top - HEIGHTS.day;
    } else if (offsets.top(place + 1) > element.scrollTop + element.clientHeight) {
      element.scrollTop = offsets.top(place + 1) - element.clientHeight;
    }
    setActive(rows[place]!.key);
    requestAnimationFrame(() => element.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true }));
  };
  const walk = (pressed: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / HEIGHTS.wide) - 2);
    const at = Math.max(0, lowest(events, reached));
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: events.length - 1,
    }[pressed.key];
    if (to !== undefined && !(pressed.target as Element).closest('pre')) {
      pressed.preventDefault();
      go(events[Math.min(Math.max(to, 0), events.length - 1)]);
    }
  };
  const toggle = (key: string) => {
    setOpen((known) => {
      const next = new Set(known);
      return next.delete(key) ? next : next.add(key);
    });
    setActive(key);
  };

  const pinned = dayAt(rows, offsets.at(view.top));
  return (
    <section class="timeline" aria-label="Timeline">
      <Controls log={log} shown={shown.length} types={types} filter={filter} onFilter={onFilter} />
      <div
        class="scroller"
        ref={scroller}
        onScroll={(event) => {
          const { scrollTop, clientHeight } = event.currentTarget;
          setView({ top: scrollTop, height: clientHeight });
        }}
        onKeyDown={walk}
      >
        {pinned !== null && shown.length > 0 && (
          <div class="day pinned" aria-hidden="true">
            {times.day(pinned)}
          </div>
        )}
        <div class="rows" role="list" aria-label="Events, newest first" style={{ height: `${offsets.total}px` }}>
          {drawn.map((place) => {
            const row = rows[place]!;
            return (
              <div
                key={row.key}
                role="listitem"
                class="row"
                aria-posinset={place + 1}
                aria-setsize={log.isWhole ? rows.length : -1}
                style={{ transform: `translateY(${offsets.top(place)}px)` }}
              >
                {row.kind === 'day' ? (
                  <h3 class="day">{times.day(row.time)}</h3>
                ) : row.kind === 'joint' ? (
                  <Joined joint={row.joint} />
                ) : (
                  <EventRow
                    entry={row.entry}
                    decisions={decisions.get(row.entry.event.message_id) ?? NONE}
                    isOpen={open.has(row.key)}
                    isActive={place === reached}
                    isFresh={log.fresh.has(row.key)}
                    onToggle={() => toggle(row.key)}
                  />
                )}
              </div>
            );
          })}
        </div>
        <End log={log} shown={shown.length} filter={filter} onFilter={onFilter} />
      </div>
    </section>
  );
}

const NONE: Decision[] = [];

function heightOf(row: Row, open: ReadonlySet<string>, isNarrow: boolean): number {
  if (row.kind !== 'event') {
    return HEIGHTS[row.kind];
  }
  const closed = isNarrow ? HEIGHTS.narrow : HEIGHTS.wide;
  return open.has(row.key) ? closed + HEIGHTS.open + HEIGHTS.line * Math.min(linesOf(row.entry), HEIGHTS.most) : closed;
}

function range(from: number, to: number, count: number): number[] {
  return Array.from({ length: Math.min(to + 1, count) - from }, (_, i) => from + i);
}

/** The place of the last of ascending numbers that is not above this one. */
function lowest(numbers: number[], limit: number): number {
  return numbers.findLastIndex((number) => number <= limit);
}

function dayAt(rows: Row[], place: number): number | null {
  for (let above = place; above >= 0; above--) {
    const row = rows[above];
    if (row?.kind === 'day') {
      return row.time;
    }
    if (row?.kind === 'event') {
      return row.entry.time;
    }
  }
  return null;
}

/** What somebody reads stays where it is when something comes above it. */
function useAnchor(scroller: { current: HTMLDivElement | null }, rows: Row[], offsets: Offsets) {
  const before = useRef({ rows, offsets });
  useLayoutEffect(() => {
    const element = scroller.current!;
    const old = before.current;
    before.current = { rows, offsets };
    if (old.rows === rows || element.scrollTop < HEIGHTS.day) {
      return;
    }
    const place = old.offsets.at(element.scrollTop);
    const key = old.rows[place]?.key;
    const now = key === undefined ? -1 : rows.findIndex((row) => row.key === key);
    const moved = now < 0 ? 0 : offsets.top(now) - old.offsets.top(place);
    if (moved !== 0) {
      element.scrollTop += moved;
    }
  }, [rows, offsets]);
}

interface ControlsProps {
  log: Log;
  shown: number;
  types: string[];
  filter: Filter;
  onFilter(filter: Filter): void;
}

function Controls({ log, shown, types, filter, onFilter }: ControlsProps) {
  const count = new Intl.NumberFormat().format(shown) + (log.isWhole ? '' : '+');
  return (
    <div class="controls">
      <h2>Timeline</h2>
      <select
        aria-label="Type of event"
        value={filter.type}
        onChange={(event) => onFilter({ ...filter, type: event.currentTarget.value })}
      >
        <option value="">All types</option>
        {types.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </select>
      <div class="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label="Filter the events by text"
          placeholder="Filter events"
          autocomplete="off"
          spellcheck={false}
          value={filter.text}
          onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        />
      </div>
      <span class="count" role="status">
        {log.isLoading ? '' : `${count} event${shown === 1 && log.isWhole ? '' : 's'}`}
      </span>
      <span class={log.error ? 'live off' : 'live'} title="New events appear by themselves">
        {log.error ? 'Offline' : 'Live'}
      </span>
    </div>
  );
}

function Joined({ joint }: { joint: Joint }) {
  return (
    <div class="joint">
      <Icon name="link" />
      <b>{joint.id}</b>
      <span>{joint.how}</span>
    </div>
  );
}

function End({ log, shown, filter, onFilter }: { log: Log; shown: number; filter: Filter; onFilter(f: Filter): void }) {
  if (log.error && log.entries.length === 0) {
    return <Failed error={log.error} onRetry={log.reread} />;
  }
  if (log.isLoading) {
    return (
      <div class="end" role="status" aria-label="Loading events">
        {Array.from({ length: 6 }, (_, line) => (
          <i key={line} class="bone" />
        ))}
      </div>
    );
  }
  const searched = new Intl.NumberFormat().format(log.entries.length);
  if (!log.isWhole) {
    return (
      <p class="end">
        {isFiltering(filter) ? `Looked through ${searched} events, and going on…` : 'Earlier events are coming…'}
      </p>
    );
  }
  if (shown === 0) {
    return isFiltering(filter) ? (
      <Blank title="No event matches">
        <p>Looked through {searched} events.</p>
        <button onClick={() => onFilter({ type: '', text: '' })}>Show all events</button>
      </Blank>
    ) : (
      <Blank title="No events">
        <p>This person was identified, and nothing else is known of what he did.</p>
      </Blank>
    );
  }
  return <p class="end">The beginning</p>;
}
