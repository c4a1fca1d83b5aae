package crowd.core.message;

/**
 * Where new ids come from. Never called at start-up: a snapshot of a started function would hand
 * out the same id twice.
 */
public interface Ids {

  /** A new anonymous id: {@code anon_} and 122 random bits. */
  String anonymousId();

  /** A new message id; nobody else gets the same. */
  String messageId();
}
