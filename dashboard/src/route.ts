import { useEffect, useState } from 'preact/hooks';

/** Behind the `#`, since the server knows one page: an id may hold what no path may. */
export type Route = { page: 'users'; query: string } | { page: 'user'; id: string } | { page: 'setup' };

export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first, id] = path.split('/', 2);
  if (first === 'setup') {
    return { page: 'setup' };
  }
  if (first === 'users' && id) {
    return { page: 'user', id: decoded(id) };
  }
  return { page: 'users', query: new URLSearchParams(query).get('query') ?? '' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function link(route: Route): string {
  switch (route.page) {
    case 'setup':
      return '#/setup';
    case 'user':
      return '#/users/' + encodeURIComponent(route.id);
    case 'users':
      return '#/users' + (route.query ? '?' + new URLSearchParams({ query: route.query }) : '');
  }
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return parse(hash);
}
