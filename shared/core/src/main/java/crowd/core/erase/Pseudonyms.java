package crowd.core.erase;

import crowd.core.identity.WebsiteId;

/** Names that only the website's own secret makes out of a text, and nothing turns back. */
@FunctionalInterface
public interface Pseudonyms {

  /**
   * @return hex digits, the same each time
   */
  String of(WebsiteId website, String text);
}
