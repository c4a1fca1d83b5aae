package crowd.core.website;

import java.util.Locale;

/** Whether a key opens anything. The name in lower case is the word in the table. */
public enum KeyState {
  LIVE,
  REVOKED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
