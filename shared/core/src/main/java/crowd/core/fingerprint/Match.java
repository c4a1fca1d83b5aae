package crowd.core.fingerprint;

import crowd.core.identity.AnonymousId;
import java.util.Locale;

/** Which browser a fingerprint points at. */
public sealed interface Match {

  /** One and no other, and nothing speaks against it. */
  record Found(AnonymousId id) implements Match {}

  record Missed(Reason reason) implements Match {}

  /** Why nothing is linked, in the words of the API. */
  enum Reason {
    /** The website makes no fingerprints. */
    OFF("the website does not link by fingerprint; turn it on, or send anonymous_id"),
    NONE_SEEN("no browser was seen with it inside the website's window; send anonymous_id"),
    SEVERAL_SEEN("several browsers were seen with it inside the website's window"),
    /** The browser belongs to another user. */
    OWNED("the browser that was seen with it belongs to another user"),
    /** The browser stands for nobody new: reset, claimed by two users, shared. */
    SEALED("the browser that was seen with it was reset, or several users have claimed it"),
    SEEN_WITH_ANOTHER_USER("another user was seen with it");

    private final String detail;

    Reason(String detail) {
      this.detail = detail;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** For people: what is so, and what helps. */
    public String detail() {
      return detail;
    }
  }
}
