package crowd.core.directory;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.Arrays;
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
  static final String ORIGIN = "directory";

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
        puts.add(put(field, value, after, after.revision() + 1));
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
            delete(
                before.website(),
                before.user(),
                new Searched(field.word(), value),
                before.revision()));
      }
    }
    // One too many does no harm: no need to try again.
    if (!deletes.isEmpty()) {
      store.write(List.copyOf(deletes));
    }
  }

  /** What the directory holds of a profile. */
  public static List<Searched> searched(Profile profile) {
    return Arrays.stream(Field.values())
        .map(field -> new Searched(field.word(), field.searched(profile)))
        .filter(searched -> !searched.value().isEmpty())
        .toList();
  }

  /** What the directory may have come to hold by a message. */
  public static List<Searched> searched(Message message) {
    var searched = new ArrayList<Searched>();
    for (var field : Field.values()) {
      for (var part : List.of("traits", "set_once")) {
        message
            .body()
            .object(part)
            .flatMap(traits -> traits.text(field.word()))
            .map(TableKeys::searched)
            .filter(value -> !value.isEmpty())
            .ifPresent(value -> searched.add(new Searched(field.word(), value)));
      }
    }
    return searched;
  }

  /**
   * Removes entries of a user who is no longer.
   *
   * @param upToRevision entries that were made for a later profile stay
   */
  public void remove(WebsiteId website, UserId user, List<Searched> entries, long upToRevision) {
    attempts.settle(
        store, entries.stream().map(entry -> delete(website, user, entry, upToRevision)).toList());
  }

  private static Write delete(WebsiteId website, UserId user, Searched entry, long upToRevision) {
    return new Write.Delete(
        TableKeys.directoryEntry(website, entry.field(), entry.value(), user),
        new Condition.CopyUpTo(ORIGIN, upToRevision));
  }

  static Write put(Field field, String value, Profile profile, long revision) {
    return new Write.Put(
        Item.at(TableKeys.directoryEntry(profile.website(), field.word(), value, profile.user()))
            .with(USER_ID, profile.user().value())
            .with(Attributes.ORIGIN, ORIGIN)
            .with(Attributes.EPOCH, revision),
        new Condition.AbsentOrOlder(revision));
  }
}
