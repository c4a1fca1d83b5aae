package crowd.core.identity;

/**
 * A website's own id for a group of people: a company, a team. Case-sensitive, kept exactly as it
 * was sent.
 *
 * @param value 1 to 255 bytes in UTF-8, no control characters
 */
public record GroupId(String value) implements Comparable<GroupId> {

  /**
   * @throws IllegalIdException if the value cannot be an id
   */
  public GroupId {
    IdRules.check(value);
  }

  @Override
  public int compareTo(GroupId other) {
    return value.compareTo(other.value);
  }
}
