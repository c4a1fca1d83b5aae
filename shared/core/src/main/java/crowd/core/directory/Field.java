package crowd.core.directory;

import crowd.core.profile.Profile;
import crowd.core.table.TableKeys;
import java.util.Locale;

/** What people can be found by, in the order in which a search goes through them. */
enum Field {
  USER_ID,
  EMAIL,
  NAME;

  /** The word in the table's keys, and the trait's name. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The profile's value in the form that is compared; empty if it has none. */
  String searched(Profile profile) {
    return switch (this) {
      case USER_ID -> TableKeys.searched(profile.user().value());
      case EMAIL, NAME -> profile.traits().text(word()).map(TableKeys::searched).orElse("");
    };
  }
}
