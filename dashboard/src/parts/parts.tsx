import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api';
import { useSigned } from '../context';
import { ago } from '../time';
import { Icon } from './icons';

/** A moment: short in the text, whole on demand. */
export function Moment({ at, as = 'moment' }: { at: string | null; as?: 'moment' | 'date' | 'ago' }) {
  const { times } = useSigned();
  if (at === null) {
    return <span class="faint">not yet</span>;
  }
  const millis = Date.parse(at);
  return (
    <time dateTime={at} title={`${times.whole(millis)}\n${at}`}>
      {as === 'ago' ? ago(millis, Date.now()) : times[as](millis)}
    </time>
  );
}

/** An id, to read and to take along. */
export function Id({ value, onClick, hint }: { value: string; onClick?: () => void; hint?: string }) {
  return onClick ? (
    <button class="id" title={hint} onClick={onClick}>
      {value}
    </button>
  ) : (
    <code class="id">{value}</code>
  );
}

export function Copy({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const timer = copied ? setTimeout(() => setCopied(false), 1_500) : undefined;
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <button class="copy" aria-label={copied ? `${what} copied` : `Copy ${what}`} title={`Copy ${what}`} onClick={copy}>
      <Icon name={copied ? 'done' : 'copy'} />
    </button>
  );
}

/** Colours by name, the same for the same person everywhere. */
export function Face({ name, id }: { name: string; id: string }) {
  const tone = [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) >>> 0, 7) % 6;
  const first = [...name.trim()].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? '·';
  return (
    <span class={`face tone${tone}`} aria-hidden="true">
      {first.toUpperCase()}
    </span>
  );
}

/** In place of what is not there: why, and what to do. */
export function Blank({ title, of, children }: { title: string; of?: 'page'; children: ComponentChildren }) {
  const Heading = of === 'page' ? 'h1' : 'h2';
  return (
    <div class="blank" role="status">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

export function Failed({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  return (
    <div class="blank" role="alert">
      <h2>{error.status === 0 ? 'No connection' : 'This could not be read'}</h2>
      <p>{error.message}</p>
      {error.status > 0 && (
        <p class="faint">
          {error.status} {error.code}
        </p>
      )}
      <button onClick={onRetry}>Try again</button>
    </div>
  );
}

/** Whether the window is no wider than this, in pixels: as a media query of the styles says it. */
export function useNarrow(width: number): boolean {
  const query = useMemo(() => matchMedia(`(max-width: ${width}px)`), [width]);
  const [matches, setMatches] = useState(query.matches);
  useEffect(() => {
    const changed = () => setMatches(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [query]);
  return matches;
}

/** The heading of a page takes the focus when the page changes, for those who do not see it change. */
export function useFocused<T extends HTMLElement>(when: unknown) {
  const heading = useRef<T>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [when]);
  return heading;
}

/** What went wrong, but for what is the end of a session or of a call that nobody waits for any more. */
export function useFailure(): [ApiError | null, (thrown: unknown) => void, () => void] {
  const { signOut } = useSigned();
  const [error, setError] = useState<ApiError | null>(null);
  const failed = (thrown: unknown) => {
    if (!(thrown instanceof ApiError)) {
      if ((thrown as Error).name !== 'AbortError') {
        throw thrown;
      }
    } else if (thrown.status === 401) {
      signOut('The key is no longer valid. Sign in with another.');
    } else {
      setError(thrown);
    }
  };
  return [error, failed, () => setError(null)];
}
