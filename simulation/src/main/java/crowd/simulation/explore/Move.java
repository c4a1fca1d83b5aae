package crowd.simulation.explore;

/**
 * What happens next.
 *
 * @param which process, or record that comes again
 * @param how the write of a transaction that is shown, or which failure
 */
record Move(Kind kind, int which, int how) {

  enum Kind {
    /** A process makes its step. */
    STEP(1),
    /** A process ends, wherever it stands. */
    CRASH(2),
    /** A step fails, or its answer is lost. */
    FAIL(3),
    /** The reconciler begins beside others. */
    RECONCILE(4),
    /** A record that is done with is delivered once more. */
    DUPLICATE(5),
    /** Nobody runs: the time comes at which work is due, and the reconciler with it. */
    LATER(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /** The move as one number. */
  int code() {
    return kind.number * 1_000_000 + which * 1_000 + how;
  }

  static Move of(int code) {
    for (var kind : Kind.values()) {
      if (kind.number == code / 1_000_000) {
        return new Move(kind, code / 1_000 % 1_000, code % 1_000);
      }
    }
    throw new IllegalArgumentException("no move: " + code);
  }
}
