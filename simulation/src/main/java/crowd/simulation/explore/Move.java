package crowd.simulation.explore;

/**
 * What happens next.
 *
 * @param which process, or record that comes again
 * @param how the write of a transaction that is shown, or what fails
 * @param ahead how many reads each process does just before it, {@value #BITS} bits for each
 */
record Move(Kind kind, int which, int how, long ahead) {

  /** As {@link #how}: the write or append fails and has no effect. Below it, a read fails. */
  static final int WITHOUT_EFFECT = 100;

  /** As {@link #how}: its caller gets no answer, and it takes effect. */
  static final int WITHOUT_ANSWER = 101;

  private static final int BITS = 5;

  private static final int MOST_AHEAD = (1 << BITS) - 1;

  /** As many as a move's code has room for. */
  private static final int PROCESSES = (Long.SIZE - 17) / BITS;

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

  static Move of(Kind kind, int which, int how) {
    return new Move(kind, which, how, 0);
  }

  int ahead(int process) {
    return (int) (ahead >>> (BITS * process)) & MOST_AHEAD;
  }

  Move withAhead(int process, int reads) {
    if (reads > MOST_AHEAD || process >= PROCESSES) {
      throw new IllegalStateException(reads + " reads ahead of process " + process);
    }
    return new Move(kind, which, how, ahead | ((long) reads << (BITS * process)));
  }

  /** The move as one number. */
  long code() {
    return (ahead << 17) | ((long) how << 9) | ((long) which << 3) | kind.number;
  }

  static Move of(long code) {
    for (var kind : Kind.values()) {
      if (kind.number == (code & 7)) {
        return new Move(kind, (int) (code >>> 3) & 63, (int) (code >>> 9) & 255, code >>> 17);
      }
    }
    throw new IllegalArgumentException("no move: " + code);
  }
}
