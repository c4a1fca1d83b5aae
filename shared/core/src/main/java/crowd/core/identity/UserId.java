package crowd.core.identity;

/**
 * A website's own durable id for a person. Case-sensitive, kept exactly as it was sent.
 *
 * @param value 1 to 255 bytes in UTF-8, no control characters
 */
public record UserId(String value) implements Comparable<UserId> {

  /**
   * @throws IllegalIdException if the value cannot be an id
   */
  public UserId {
    IdRules.check(value);
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }
}
