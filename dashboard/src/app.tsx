import { useEffect, useMemo, useState } from 'preact/hooks';
import { Api } from './api';
import { Context } from './context';
import { Header } from './header';
import { useRoute } from './route';
import { keep, restore, type Session } from './session';
import { Setup } from './setup/setup';
import { SignIn } from './signin';
import { times, type Zone } from './time';
import { UserPage } from './users/user';
import { UsersPage } from './users/users';

export function App() {
  const [session, setSession] = useState(restore);
  const [notice, setNotice] = useState('');
  const [zone, setZone] = useState<Zone>('local');
  const route = useRoute();
  const api = useMemo(() => new Api(session?.key ?? ''), [session]);
  const shown = useMemo(() => times(zone), [zone]);

  const signIn = (next: Session) => {
    keep(next);
    setNotice('');
    setSession(next);
  };
  const signOut = (why = '') => {
    keep(null);
    setNotice(why);
    setSession(null);
  };

  const title = route.page === 'user' ? route.id : route.page === 'setup' ? 'Set up' : 'Users';
  useEffect(() => {
    document.title = `${session ? title : 'Sign in'} · Crowd`;
  }, [title, session]);

  if (!session) {
    return <SignIn notice={notice} onSignIn={signIn} />;
  }
  return (
    <Context.Provider value={{ api, session, times: shown, signOut }}>
      <Header route={route} zone={zone} onZone={setZone} />
      {route.page === 'setup' && <Setup />}
      {route.page === 'users' && <UsersPage query={route.query} />}
      {route.page === 'user' && <UserPage key={route.id} id={route.id} />}
    </Context.Provider>
  );
}
