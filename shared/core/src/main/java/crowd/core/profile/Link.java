package crowd.core.profile;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import java.time.Instant;

/**
 * The way back from a user to an anonymous id of his. The alias decides; this row lets a reader
 * find it.
 *
 * @param epoch of the alias when the link was made
 * @param linkedAt when it was decided, on the server's clock
 */
public record Link(
    WebsiteId website,
    UserId user,
    AnonymousId anonymousId,
    long epoch,
    Instant linkedAt,
    String source,
    String messageId) {}
