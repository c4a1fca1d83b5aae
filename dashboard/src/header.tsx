import { useSigned } from './context';
import { link, type Route } from './route';
import { Mark } from './parts/icons';
import type { Zone } from './time';

interface Props {
  route: Route;
  zone: Zone;
  onZone(zone: Zone): void;
}

export function Header({ route, zone, onZone }: Props) {
  const { session, times, signOut } = useSigned();
  const here = (at: boolean) => (at ? { 'aria-current': 'page' as const } : {});
  return (
    <header class="bar">
      <a class="brand" href={link({ page: 'users', query: '' })} aria-label="Crowd, to the list of users">
        <Mark />
        <span>Crowd</span>
      </a>
      <nav aria-label="User activities">
        <span class="crumb">User activities</span>
        <a href={link({ page: 'users', query: '' })} {...here(route.page !== 'setup')}>
          Users
        </a>
        <a href={link({ page: 'setup' })} {...here(route.page === 'setup')}>
          Set up
        </a>
      </nav>
      <div class="bar-end">
        <span class="site" title={`Signed in to the website ${session.website} with a ${session.role} key`}>
          {session.website}
        </span>
        <button
          class="quiet"
          aria-pressed={zone === 'utc'}
          title={`Times are shown in ${times.name}`}
          onClick={() => onZone(zone === 'utc' ? 'local' : 'utc')}
        >
          UTC
        </button>
        <button class="quiet" onClick={() => signOut()}>
          Sign out
        </button>
      </div>
    </header>
  );
}
