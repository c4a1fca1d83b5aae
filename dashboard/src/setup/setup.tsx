import { useEffect, useState } from 'preact/hooks';
import { useSigned } from '../context';
import { Copy, Moment, useFailure, useFocused } from '../parts/parts';
import { link } from '../route';
import { CALLS, curlLine, tag } from './lines';

const EVERY_MILLIS = 1_000;

/** What to do first, with this website's own ids; and whether it worked. */
export function Setup() {
  const { api, session } = useSigned();
  const [firstAt, setFirstAt] = useState<string | null>(null);
  const [error, failed, clear] = useFailure();
  const heading = useFocused<HTMLHeadingElement>('setup');

  useEffect(() => {
    const call = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      try {
        const { first_event_at } = await api.website(call.signal);
        setFirstAt(first_event_at);
        clear();
        if (first_event_at !== null) {
          return;
        }
      } catch (thrown) {
        failed(thrown);
      }
      if (!call.signal.aborted) {
        timer = setTimeout(look, EVERY_MILLIS);
      }
    };
    void look();
    return () => {
      clearTimeout(timer);
      call.abort();
    };
  }, [api]);

  return (
    <main class="setup">
      <h1 ref={heading} tabIndex={-1}>
        Set up {session.website}
      </h1>
      <p class={firstAt ? 'light on' : 'light'} role="status">
        <i aria-hidden="true" />
        {firstAt ? (
          <span>
            <b>Events arrive.</b> The first came <Moment at={firstAt} />.{' '}
            <a href={link({ page: 'users', query: '' })}>See the users</a>
          </span>
        ) : error ? (
          <span>{error.message} Trying again.</span>
        ) : (
          <span>Waiting for the first event…</span>
        )}
      </p>
      <ol class="steps">
        <Step
          title="Put the tag on your pages"
          what="tag"
          code={tag(location.origin, session.website)}
          text="It gives every visitor an anonymous id and sends the pages that he sees. The origin of your pages has to be one that the website allows."
        />
        <Step
          title="Say who somebody is"
          what="calls"
          code={CALLS}
          text="What he did before is then on his profile. Take an id that stays, such as that of your database, and not an email address."
        />
        <Step
          title="Or say so from your server"
          what="command"
          code={curlLine(location.origin, session.website)}
          text="With a server key in place of YOUR_SERVER_KEY. Send it where a backend knows the user first, as in an OAuth callback."
        />
        <li>
          <h2>Verify</h2>
          <p>
            Go to <a href={link({ page: 'users', query: 'user_123' })}>Users and search for user_123</a>: his profile
            has what the browser did before he logged in, too.
          </p>
        </li>
      </ol>
    </main>
  );
}

function Step({ title, text, what, code }: { title: string; text: string; what: string; code: string }) {
  return (
    <li>
      <h2>{title}</h2>
      <p>{text}</p>
      <div class="code">
        <Copy text={code} what={what} />
        <pre tabIndex={0} aria-label={what}>
          {code}
        </pre>
      </div>
    </li>
  );
}
