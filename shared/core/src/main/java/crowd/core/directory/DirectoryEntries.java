package crowd.core.directory;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.profile.Profile;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.table.ProfileRow;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the directory in step with the profiles: a profile is written in one transaction with the
 * entries that it adds and those that it no longer has, so that neither a crash nor a lost race
 * leaves an entry that no profile answers for.
 *
 * <p>An entry carries the profile's revision that it was written for: who removes those of an
 * erased person cannot hit that of a later profile that has the value again.
 */
public final class DirectoryEntries {

  static final String USER_ID = "user_id";

  /** Marks an entry for the conditions, which speak of an origin. */
  static final String ORIGIN = "directory";

  private DirectoryEntries() {}

  /** The next state of a profile with its entries; where no entry changes, of the profile alone. */
  public static List<Write> profile(Profile before, Profile after) {
    var writes = new ArrayList<Write>();
    writes.add(ProfileRow.write(after));
    for (var field : Field.values()) {
      var had = before.exists() ? field.searched(before) : "";
      var has = field.searched(after);
      if (!had.equals(has)) {
        if (!had.isEmpty()) {
          writes.add(
              new Write.Delete(
                  TableKeys.directoryEntry(before.website(), field.word(), had, before.user()),
                  Condition.ALWAYS));
        }
        if (!has.isEmpty()) {
          writes.add(put(field, has, after, after.revision() + 1));
        }
      }
    }
    return writes;
  }

  /** Writes them: as a transaction only if there is more than the profile. */
  public static WriteOutcome write(Store store, Profile before, Profile after) {
    var writes = profile(before, after);
    return writes.size() == 1 ? store.write(writes.getFirst()) : store.transact(writes);
  }

  /** What the directory holds of a profile. */
  public static List<Searched> searched(Profile profile) {
    return Arrays.stream(Field.values())
        .map(field -> new Searched(field.word(), field.searched(profile)))
        .filter(searched -> !searched.value().isEmpty())
        .toList();
  }

  /**
   * Removes entries of a user who is no longer.
   *
   * @param upToRevision entries that were made for a later profile stay
   */
  public static List<Write> removals(
      WebsiteId website, UserId user, List<Searched> entries, long upToRevision) {
    return entries.stream()
        .<Write>map(entry ->
            new Write.Delete(
                TableKeys.directoryEntry(website, entry.field(), entry.value(), user),
                new Condition.CopyUpTo(ORIGIN, upToRevision)))
        .toList();
  }

  static Write put(Field field, String value, Profile profile, long revision) {
    return new Write.Put(
        Item.at(TableKeys.directoryEntry(profile.website(), field.word(), value, profile.user()))
            .with(USER_ID, profile.user().value())
            .with(Attributes.ORIGIN, ORIGIN)
            .with(Attributes.EPOCH, revision),
        Condition.ALWAYS);
  }
}
