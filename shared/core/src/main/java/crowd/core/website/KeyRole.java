package crowd.core.website;

import java.util.Locale;

/** What a key may do. The name in lower case is the word in the table. */
public enum KeyRole {
  /** Everything, for its website. */
  SERVER("sk_"),
  /** Reading the users and whose key it is, and nothing else. */
  READ("rk_");

  private final String prefix;

  KeyRole(String prefix) {
    this.prefix = prefix;
  }

  /** What the text of such a key begins with. */
  public String prefix() {
    return prefix;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
