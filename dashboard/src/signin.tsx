import { useState } from 'preact/hooks';
import { Api, ApiError } from './api';
import { Mark } from './parts/icons';
import type { Session } from './session';

export function SignIn({ notice, onSignIn }: { notice: string; onSignIn(session: Session): void }) {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState(notice);
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      const { website, key: role } = await new Api(key.trim()).website();
      onSignIn({ key: key.trim(), website, role });
    } catch (thrown) {
      setProblem(
        thrown instanceof ApiError && thrown.status === 401
          ? 'This key opens nothing: it is mistyped, revoked or of another place.'
          : (thrown as Error).message,
      );
      setBusy(false);
    }
  };

  return (
    <main class="signin">
      <form onSubmit={submit}>
        <Mark />
        <h1>Sign in to Crowd</h1>
        <p>See who your users are, and why Crowd thinks so.</p>
        <label for="key">Read key</label>
        <input
          id="key"
          class="mono"
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
          placeholder="rk_…"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          required
          autofocus
          aria-describedby="key-hint problem"
          aria-invalid={problem !== ''}
        />
        <p id="problem" class="problem" role="alert">
          {problem}
        </p>
        <button class="primary" disabled={busy || key.trim() === ''}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
        <p id="key-hint" class="faint">
          It is kept until you close this tab. You get one with <code>./crowd key create WEBSITE --read</code>; the
          local run prints one when it starts.
        </p>
      </form>
    </main>
  );
}
