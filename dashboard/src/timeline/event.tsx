import { useMemo } from 'preact/hooks';
import type { Decision } from '../api';
import { useSigned } from '../context';
import { Copy } from '../parts/parts';
import { detailsOf, titleOf } from '../text';
import type { Times } from '../time';
import type { Entry } from './log';

interface Props {
  entry: Entry;
  /** What was decided by this message, beside a link. */
  decisions: Decision[];
  isOpen: boolean;
  isActive: boolean;
  isFresh: boolean;
  /** Always does the same: another function alone is no reason to draw. */
  onToggle(): void;
}

const DECIDED: Record<string, string> = {
  user_switch: 'user switch',
  claimed_by_other: 'claimed by other',
  shared: 'shared id',
  retired: 'retired id',
  refused_limit: 'refused',
};

/** Worked out again only if something of it is another: while the timeline is scrolled, nothing is. */
export function EventRow(props: Props) {
  const { times } = useSigned();
  const { entry, decisions, isOpen, isActive, isFresh } = props;
  return useMemo(() => drawn(props, times), [entry, decisions, isOpen, isActive, isFresh, times]);
}

function drawn({ entry, decisions, isOpen, isActive, isFresh, onToggle }: Props, times: Times) {
  const { event, time } = entry;
  const classes = [
    'event',
    `of-${event.type}`,
    event.before_identify && 'before',
    isFresh && 'fresh',
    isOpen && 'open',
  ];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      <button
        class="event-line"
        aria-expanded={isOpen}
        tabIndex={isActive ? 0 : -1}
        {...(isActive && { 'data-active': '' })}
        onClick={onToggle}
      >
        <time dateTime={event.timestamp} title={times.whole(time)}>
          {times.clock(time)}
        </time>
        <i class="dot" aria-hidden="true" />
        <span class="type">{event.type}</span>
        <span class="title">{titleOf(event)}</span>
        <span class="tags">
          {decisions.map((decision) => (
            <span class="tag warn" key={decision.type}>
              {DECIDED[decision.type] ?? decision.type}
            </span>
          ))}
          {event.before_identify && <span class="tag">before identify</span>}
        </span>
        <span class="details">
          {detailsOf(event).map(([name, value]) => (
            <span key={name}>
              <b>{name}</b> {value}
            </span>
          ))}
        </span>
      </button>
      {isOpen && (
        <div class="json">
          <div class="json-head">
            <span>
              received {times.moment(Date.parse(event.received_at))} · {event.anonymous_id ?? 'no anonymous id'}
            </span>
            <Copy text={textOf(entry)} what="JSON" />
          </div>
          <pre tabIndex={0} aria-label={`JSON of ${titleOf(event)}`}>
            {tokens(textOf(entry)).map(([kind, text], place) => (
              <span key={place} class={kind}>
                {text}
              </span>
            ))}
          </pre>
        </div>
      )}
    </div>
  );
}

function textOf(entry: Entry): string {
  return JSON.stringify(entry.event, null, 2);
}

/** Of the JSON text as it is shown. */
export function linesOf(entry: Entry): number {
  return textOf(entry).split('\n').length;
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null|[^"\d\-tfn]+|./g;

/** JSON text in coloured pieces. */
export function tokens(json: string): [string, string][] {
  return [...json.matchAll(TOKEN)].flatMap(([whole, text, colon]): [string, string][] => {
    if (text !== undefined) {
      return colon === undefined
        ? [['j-text', text]]
        : [
            ['j-name', text],
            ['', colon],
          ];
    }
    return [[/^[-\dtfn]/.test(whole) ? 'j-other' : '', whole]];
  });
}
