import type { User } from '../api';
import { Icon } from '../parts/icons';
import { Moment, useNarrow } from '../parts/parts';
import type { MixedTrait } from '../timeline/types';

const TITLES: Record<string, string> = {
  user_switch: 'Claimed an id of somebody else',
  claimed_by_other: 'Somebody else claimed an id of this user',
  shared: 'A shared anonymous id',
  refused_limit: 'Links were refused',
};

interface Props {
  user: User;
  mixed: MixedTrait[];
  /** All events were looked through for mixed types. */
  isWhole: boolean;
  onMessage(messageId: string): void;
}

/** What somebody should look into. */
export function Warnings({ user, mixed, isWhole, onMessage }: Props) {
  const isNarrow = useNarrow(960);
  const count = user.warnings.length + mixed.length;
  if (count === 0) {
    return null;
  }
  return (
    <details class="warnings" open={!isNarrow}>
      <summary>
        <Icon name="warn" /> {count} warning{count === 1 ? '' : 's'}
      </summary>
      <ul>
        {user.warnings.map((warning) => (
          <li key={warning.code}>
            <Icon name="warn" />
            <p>
              <b>{TITLES[warning.code] ?? warning.code}.</b> {warning.detail}
            </p>
          </li>
        ))}
        {mixed.map(({ name, writes }) => (
          <li key={'mixed ' + name}>
            <Icon name="warn" />
            <p>
              <b>
                The trait <code>{name}</code> has mixed types.
              </b>{' '}
              {writes.slice(0, 3).map(({ type, time, messageId }, place) => (
                <>
                  {place > 0 && ', before that '}
                  {place === 0 && 'Last sent as '}
                  <button class="textual" onClick={() => onMessage(messageId)}>
                    {type}
                  </button>{' '}
                  (<Moment at={new Date(time).toISOString()} />)
                </>
              ))}
              . The last write wins; segments on it will miss people.
              {!isWhole && ' Earlier events are not looked through yet.'}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
