package crowd.core.merge;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import java.time.Instant;

/**
 * That a user was merged into another.
 *
 * @param parent into whom
 * @param mergedAt on the server's clock
 */
public record MergedIn(
    WebsiteId website, UserId parent, UserId user, Instant mergedAt, String messageId) {}
