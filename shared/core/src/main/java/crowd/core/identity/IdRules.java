package crowd.core.identity;

import crowd.core.json.Unicode;

/** The form that user ids and anonymous ids share. */
final class IdRules {

  /**
   * Bytes in UTF-8. Keys hold up to 1024; an id shares its key with a message id of the same
   * length.
   */
  static final int MAX_BYTES = 255;

  private IdRules() {}

  static void check(String id) {
    if (id.isBlank()) {
      throw new IllegalIdException(
          "empty_id", "is empty; send the id of one person or one browser");
    }
    // Different lone surrogates have the same bytes in UTF-8: two strangers would share a key.
    if (!Unicode.isWellFormed(id)) {
      throw new IllegalIdException(
          "lone_surrogate", "holds half of a surrogate pair; send whole Unicode characters");
    }
    if (Unicode.hasControl(id)) {
      throw new IllegalIdException(
          "control_character", "holds a control character; send printable characters only");
    }
    if (Unicode.utf8Length(id) > MAX_BYTES) {
      throw new IllegalIdException(
          "id_too_long",
          "is longer than " + MAX_BYTES + " bytes in UTF-8; send a shorter, durable id");
    }
  }
}
