package crowd.core.message;

import crowd.core.identity.AnonymousId;
import java.util.UUID;

/** Ids of the platform's cryptographic generator. */
public final class RandomIds implements Ids {

  @Override
  public String anonymousId() {
    return AnonymousId.PREFIX + UUID.randomUUID();
  }

  @Override
  public String messageId() {
    return UUID.randomUUID().toString();
  }
}
