package crowd.simulation.oracle;

/** One sending of a request to erase a person, and what was true until the answer. */
public final class EraseAsk {

  private final Person user;
  private boolean wasErased;
  private boolean wasAbsent;

  EraseAsk(Person user) {
    this.user = user;
  }

  /** What the asker was told. */
  public enum Answer {
    ERASED,
    NOT_FOUND
  }

  Person user() {
    return user;
  }

  void sees(boolean isErased, boolean isAbsent) {
    wasErased |= isErased;
    wasAbsent |= isAbsent;
  }

  /** Whether the answer was true at some moment since the request was sent. */
  boolean allows(Answer answer) {
    return switch (answer) {
      case ERASED -> wasErased;
      case NOT_FOUND -> wasAbsent;
    };
  }
}
