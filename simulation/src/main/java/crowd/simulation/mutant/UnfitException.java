package crowd.simulation.mutant;

/** A patch no longer fits the source: it has to be written anew, or the mutant has no meaning. */
final class UnfitException extends Exception {

  private static final long serialVersionUID = 1L;

  UnfitException(String message) {
    super(message);
  }
}
