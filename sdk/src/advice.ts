/** What to do about an answer of the API, by its code: the first things that go wrong. */
const ADVICE: Record<string, string> = {
  website_not_found: 'Check the website id in crowd.init() or data-website.',
  unauthorized: 'The website has to allow the origin of this page.',
  unverified: 'Pass the userHash that your server made: crowd.identify(id, traits, { userHash }).',
  trait_type_changed: 'Keep the type of a trait the same in all calls; the last write wins.',
  anonymous_id_owned_by_other: 'Call crowd.reset() at logout. This browser got a new anonymous id.',
};

export function advised(code: string, detail: string): string {
  const advice = ADVICE[code];
  return advice ? `${detail} ${advice}` : detail;
}

export function unreachable(endpoint: string, status: number): string {
  return status
    ? `${endpoint} answered ${status}. What waits is kept and sent again.`
    : `${endpoint} cannot be reached${
        navigator.onLine === false
          ? ': the browser is offline'
          : '. If an ad blocker or a content security policy (connect-src) blocks it, allow it there'
      }. What waits is kept and sent again.`;
}
