package crowd.core.audit;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import java.time.Instant;

/**
 * How far an audit has come that did not reach its end.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param since people last seen before this are not looked at
 * @param website at which it goes on; those before it, in the order of their ids, are done
 * @param lastSeen of the last person who was looked at
 * @param user the last person who was looked at
 */
public record Progress(
    long revision, Instant since, WebsiteId website, Instant lastSeen, UserId user) {}
