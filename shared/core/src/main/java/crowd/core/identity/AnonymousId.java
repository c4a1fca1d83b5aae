package crowd.core.identity;

/**
 * An id for one browser until its next reset; minted as {@code anon_} and 122 random bits, but
 * every form is taken, since other libraries mint their own.
 *
 * @param value 1 to 255 bytes in UTF-8, no control characters
 */
public record AnonymousId(String value) implements Comparable<AnonymousId> {

  public static final String PREFIX = "anon_";

  /**
   * @throws IllegalIdException if the value cannot be an id
   */
  public AnonymousId {
    IdRules.check(value);
  }

  @Override
  public int compareTo(AnonymousId other) {
    return value.compareTo(other.value);
  }
}
