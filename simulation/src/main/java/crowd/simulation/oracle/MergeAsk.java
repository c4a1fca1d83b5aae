package crowd.simulation.oracle;

/**
 * One sending of a request that two users shall be one, or no longer, and what was true between the
 * sending and the answer.
 */
public final class MergeAsk {

  private final boolean isMerge;
  private final Person user;
  private final Person other;
  private boolean wasOne;
  private boolean wasApart;
  private boolean wasCrowded;
  private boolean wasDone;

  MergeAsk(boolean isMerge, Person user, Person other) {
    this.isMerge = isMerge;
    this.user = user;
    this.other = other;
  }

  /** What the asker was told. */
  public enum Answer {
    /** It is so now, by this request as far as it knows: another may have been first. */
    DONE,
    /** It was so already. */
    UNCHANGED,
    /** One person would have too many users. */
    REFUSED
  }

  boolean isMerge() {
    return isMerge;
  }

  Person user() {
    return user;
  }

  Person other() {
    return other;
  }

  /**
   * @param isOne whether the request is true, or would be, in this moment
   */
  void begin(boolean isOne, boolean isCrowded) {
    wasOne = isOne;
    wasApart = !isOne;
    wasCrowded = isCrowded;
  }

  void sees(boolean isOne, boolean isCrowded) {
    wasOne |= isOne;
    wasApart |= !isOne;
    wasCrowded |= isCrowded;
  }

  /**
   * A person was merged into another as this request asks, if it came before all that was taken
   * apart since it was sent.
   */
  void done() {
    wasDone = true;
  }

  /** Whether the answer was true at some moment since the request was sent. */
  boolean allows(Answer answer) {
    return switch (answer) {
      case DONE -> wasDone || (isMerge ? wasOne : wasApart);
      case UNCHANGED -> isMerge ? wasOne : wasApart;
      case REFUSED -> isMerge && wasCrowded;
    };
  }

  @Override
  public String toString() {
    return (isMerge ? "merge of " : "unmerge of ") + user + " and " + other.user();
  }
}
