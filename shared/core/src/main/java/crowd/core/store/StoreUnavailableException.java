package crowd.core.store;

/**
 * The store could not be read, or a write did not come to a known end within its tries. Nothing is
 * known to be wrong with the request: it may be repeated as it is.
 *
 * <p>Expected under load, so it has no stack trace.
 */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason for the log; without data of a person
   */
  public StoreUnavailableException(String reason) {
    super(reason, null, false, false);
  }
}
