package crowd.core.history;

/**
 * What asked for a decision that no message made.
 *
 * @param source the word of the request: {@code unlink}, {@code alias}, {@code erase}
 * @param messageId its message id, or the id of the request
 */
public record Because(String source, String messageId) {}
