package crowd.local.command;

/** What a person did that cannot be done, in one line. Ends the command with 1. */
final class Complaint extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Complaint(String message) {
    super(message, null, false, false);
  }
}
