import type { ComponentChildren } from 'preact';
import type { Decision, Identity, MergedUser, User } from '../api';
import { Copy, Id, Moment } from '../parts/parts';
import { link } from '../route';
import { because, kind, short } from '../text';

interface Props {
  user: User;
  onMessage(messageId: string): void;
  onUnlink(identity: Identity): void;
  onPart(merged: MergedUser): void;
}

/** What is known of a person, and why. */
export function Facts({ user, onMessage, onUnlink, onPart }: Props) {
  const traits = Object.entries(user.traits);
  const Message = ({ id }: { id: string }) => (
    <Id value={id} hint="Show this message in the timeline" onClick={() => onMessage(id)} />
  );
  return (
    <div class="facts">
      <Card title="Traits" count={traits.length} empty="No identify call has sent one.">
        <dl class="traits">
          {traits.map(([name, value]) => {
            const write = user.trait_history[name];
            return (
              <div key={name}>
                <dt>
                  {name} <small>{kind(value)}</small>
                </dt>
                <dd>
                  <span class="value">{short(value)}</span>
                  {write && (
                    <small class="why">
                      <Moment at={write.set_at} /> by <Message id={write.message_id} />
                      {write.set_by === 'set_once' && <span class="tag">set once</span>}
                      {write.verified && <span class="tag">verified</span>}
                    </small>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      </Card>
      <Card title="Identities" count={user.identities.length} empty="No anonymous id was joined.">
        <ul class="things">
          {user.identities.map((identity) => (
            <li key={identity.anonymous_id}>
              <div>
                <Id value={identity.anonymous_id} />
                <Copy text={identity.anonymous_id} what="anonymous id" />
                <small class="why">
                  Joined <Moment at={identity.linked_at} /> by {because(identity.source)},{' '}
                  <Message id={identity.message_id} />
                </small>
              </div>
              <button aria-label={`Unlink ${identity.anonymous_id}`} onClick={() => onUnlink(identity)}>
                Unlink…
              </button>
            </li>
          ))}
        </ul>
      </Card>
      {user.aliases.length > 0 && (
        <Card title="Merged users" count={user.aliases.length}>
          <ul class="things">
            {user.aliases.map((merged) => (
              <li key={merged.user_id}>
                <div>
                  <Id value={merged.user_id} />
                  <small class="why">
                    Merged into <Id value={merged.merged_into} /> <Moment at={merged.merged_at} /> by{' '}
                    <Message id={merged.message_id} />
                  </small>
                </div>
                <button aria-label={`Take out ${merged.user_id}`} onClick={() => onPart(merged)}>
                  Take out…
                </button>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {user.groups.length > 0 && (
        <Card title="Groups" count={user.groups.length}>
          <ul class="things">
            {user.groups.map((group) => (
              <li key={group.group_id}>
                <div>
                  <Id value={group.group_id} />
                  <small class="why">
                    Since <Moment at={group.since} />
                    {Object.entries(group.traits).map(([name, value]) => ` · ${name} ${short(value)}`)}
                  </small>
                </div>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {user.history.length > 0 && (
        <Card title="History" count={user.history.length}>
          <ol class="things decisions">
            {user.history.toReversed().map((decision) => (
              <li key={`${decision.at} ${decision.type} ${decision.anonymous_id ?? decision.user_id}`}>
                <div>
                  <p>{sentence(decision)}</p>
                  <small class="why">
                    <Moment at={decision.at} /> by {because(decision.source)}, <Message id={decision.message_id} />
                  </small>
                </div>
              </li>
            ))}
          </ol>
        </Card>
      )}
    </div>
  );
}

interface CardProps {
  title: string;
  count: number;
  /** In place of the children if there is nothing. */
  empty?: string;
  children: ComponentChildren;
}

function Card({ title, count, empty, children }: CardProps) {
  return (
    <section class="card">
      <h2>
        {title} <small>{count}</small>
      </h2>
      {count === 0 ? <p class="faint">{empty}</p> : children}
    </section>
  );
}

function sentence({ type, anonymous_id, user_id }: Decision): ComponentChildren {
  const id = <Id value={anonymous_id ?? ''} />;
  const other =
    user_id === undefined ? (
      'another user'
    ) : (
      <a class="id" href={link({ page: 'user', id: user_id })}>
        {user_id}
      </a>
    );
  switch (type) {
    case 'unlinked':
      return <>{id} was unlinked.</>;
    case 'user_switch':
      return (
        <>
          User switch: named {id}, which is {other}’s. Not linked.
        </>
      );
    case 'claimed_by_other':
      return (
        <>
          {other} named {id}, and did not get it. It stands for nobody since.
        </>
      );
    case 'shared':
      return <>A third user named {id}: a shared device. It is nobody’s now.</>;
    case 'retired':
      return <>Named {id}, which was reset before. Not linked.</>;
    case 'refused_limit':
      return <>{id} was refused: too many anonymous ids.</>;
    case 'merged':
      return <>Was merged into {other}.</>;
    case 'merged_in':
      return <>{other} was merged in.</>;
    case 'unmerged':
      return <>Was taken out of {other}.</>;
    case 'unmerged_from':
      return <>{other} was taken out.</>;
    default:
      return type;
  }
}
