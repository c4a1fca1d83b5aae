package crowd.core.identity;

/** An id that cannot stand for anybody. Carries what to tell the sender; never the id itself. */
public final class IllegalIdException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code stable, snake_case
   * @param detail what is wrong and how to mend it, to follow the name of the field
   */
  IllegalIdException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  public String code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
