package crowd.core.unlink;

import java.util.Locale;

/** How an unlink ended. */
public enum UnlinkOutcome {
  /** The anonymous id is nobody's. */
  UNLINKED,
  /** The anonymous id is not this user's: nothing was to be done. */
  NOT_LINKED,
  /** The table could not be reached. The same may be asked again. */
  UNAVAILABLE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
