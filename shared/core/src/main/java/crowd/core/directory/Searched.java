package crowd.core.directory;

/**
 * What a user can be found by.
 *
 * @param field {@code user_id}, {@code email} or {@code name}
 * @param value in the form that is compared; not empty
 */
public record Searched(String field, String value) {}
