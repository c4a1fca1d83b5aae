package crowd.core.merge;

import java.util.Locale;

/** How it ended that two users should be one, or no longer. */
public enum MergeOutcome {
  /** The two are one person from now on. */
  MERGED,
  /** They no longer are. */
  UNMERGED,
  /** It was so already. */
  UNCHANGED,
  /** One person would have too many users. */
  REFUSED_LIMIT,
  /** A table could not be reached. The same may be asked again. */
  UNAVAILABLE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
