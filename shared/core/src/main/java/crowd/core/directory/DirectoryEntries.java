package crowd.core.directory;

import crowd.core.identity.UserId;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the directory in step with the profiles.
 *
 * <p>New entries are written before the profile and old ones removed after it, so that a crash in
 * between leaves one too many, which readers see through, and never one too few. An entry carries
 * the profile's revision that it was written for: who removes the entry of an old value cannot hit
 * that of a later profile that has the value again.
 */
public record DirectoryEntries(Store store, Attempts attempts) {

  static final String USER_ID = "user_id";

  /** Marks an entry for the conditions, which speak of an origin. */
  private static final String ORIGIN = "directory";

  /**
   * To be called before {@code after} is written.
   *
   * @throws crowd.core.store.StoreUnavailableException if not all entries are there
   */
  public void announce(Profile before, Profile after) {
    var puts = new ArrayList<Write>();
    for (var field : Field.values()) {
      var value = field.searched(after);
      if (!value.isEmpty() && !(before.exists() && value.equals(field.searched(before)))) {
        puts.add(put(field, value, after.user(), after));
      }
    }
    attempts.settle(store, puts);
  }

  /** To be called once {@code after} is written. */
  public void retire(Profile before, Profile after) {
    var deletes = new ArrayList<Write>();
    for (var field : Field.values()) {
      var value = field.searched(before);
      if (before.exists() && !value.isEmpty() && !value.equals(field.searched(after))) {
        deletes.add(
            new Write.Delete(
                TableKeys.directoryEntry(before.website(), field.word(), value, before.user()),
                new Condition.CopyUpTo(ORIGIN, before.revision())));
      }
    }
    // One too many does no harm: no need to try again.
    if (!deletes.isEmpty()) {
      store.write(List.copyOf(deletes));
    }
  }

  private static Write put(Field field, String value, UserId user, Profile after) {
    long revision = after.revision() + 1;
    return new Write.Put(
        Item.at(TableKeys.directoryEntry(after.website(), field.word(), value, user))
            .with(USER_ID, user.value())
            .with(Attributes.ORIGIN, ORIGIN)
            .with(Attributes.EPOCH, revision),
        new Condition.AbsentOrOlder(revision));
  }
}
