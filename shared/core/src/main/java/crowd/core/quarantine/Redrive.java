package crowd.core.quarantine;

import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Stream;

/**
 * Puts a record that was kept aside back on the stream, once the present version understands it.
 *
 * <p>It is appended first and forgotten then. A crash in between leaves it in both places, and
 * doing it again appends it once more, which does no harm: a message may come any number of times.
 */
public final class Redrive {

  private final Quarantine quarantine;
  private final Stream stream;

  public Redrive(Quarantine quarantine, Stream stream) {
    this.quarantine = quarantine;
    this.stream = stream;
  }

  /** How a try ended. */
  public sealed interface Outcome {

    /**
     * It is on the stream and no longer in quarantine.
     *
     * @param messages that it holds
     */
    record Redriven(int messages) implements Outcome {}

    /** This version does not understand it either. It stays. */
    record StillPoison(String reason) implements Outcome {}

    /** The stream is not known to have taken it. It stays. */
    record NotTaken() implements Outcome {}

    /** A part of it is missing: it is being written. It stays. */
    record Incomplete() implements Outcome {}

    /** There is no such record. */
    record Missing() implements Outcome {}
  }

  /**
   * @throws crowd.core.store.StoreUnavailableException if the store did not answer; to be repeated
   */
  public Outcome one(QuarantineId id) {
    var found = quarantine.find(id);
    if (found.isEmpty()) {
      return new Outcome.Missing();
    }
    var contents = found.get();
    if (!contents.kept().isWhole()) {
      return new Outcome.Incomplete();
    }
    return switch (Decoded.of(contents.data())) {
      case Decoded.Poison(var reason) -> new Outcome.StillPoison(reason);
      case Decoded.Understood(var envelope) ->
          switch (stream.append(envelope)) {
            case AppendOutcome.Appended() -> {
              quarantine.drop(id);
              yield new Outcome.Redriven(envelope.messages().size());
            }
            case AppendOutcome.Throttled(), AppendOutcome.Unknown() -> new Outcome.NotTaken();
          };
    };
  }
}
