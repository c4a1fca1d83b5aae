/** What `<meta data-crowd-user='{"id":"user_123","plan":"pro"}'>` says. */
export interface MetaUser {
  readonly id: unknown;
  readonly userHash?: string;
  readonly traits: Record<string, unknown>;
}

const ATTRIBUTE = 'data-crowd-user';

/**
 * Looks for the tag now, and again whenever one appears, changes or goes.
 *
 * @param seen told once of each new text
 * @param broken told of a text that is no JSON object
 * @param gone told when a tag that was there is not any more
 */
export function watchMeta(
  seen: (user: MetaUser) => void,
  broken: (text: string) => void,
  gone: () => void,
): void {
  let last: string | null = null;
  const look = () => {
    const text = document.querySelector(`meta[${ATTRIBUTE}]`)?.getAttribute(ATTRIBUTE) ?? null;
    if (text === last) return;
    last = text;
    if (text === null) return gone();
    const user = parse(text);
    if (user) seen(user);
    else broken(text);
  };
  look();
  // One in the body, where it should not be, is there by then.
  document.addEventListener('DOMContentLoaded', look);
  // Not the whole document, whose changes are many.
  new MutationObserver(look).observe(document.head, {
    attributeFilter: [ATTRIBUTE],
    childList: true,
    subtree: true,
  });
}

function parse(text: string): MetaUser | undefined {
  try {
    const { id, user_hash: userHash, ...traits } = JSON.parse(text);
    return { id, traits, ...(userHash && { userHash }) };
  } catch {
    return undefined;
  }
}
