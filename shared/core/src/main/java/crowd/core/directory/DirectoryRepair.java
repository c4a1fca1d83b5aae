package crowd.core.directory;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.profile.Profile;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.table.ProfileRow;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Makes the directory say again what the profiles say. */
public final class DirectoryRepair {

  private static final int PAGE = 100;

  private final Store store;
  private final Table table;

  public DirectoryRepair(Store store) {
    this.store = store;
    this.table = new Table(store);
  }

  /**
   * The part of the directory that holds the values of one field with one first character.
   *
   * @param entry one that it should hold: where a look at it begins
   */
  public record Shelf(Field field, Key entry) {

    /** Equal for all entries on one shelf. */
    public String name() {
      return entry.pk();
    }
  }

  /** Where the entries of a profile stand. */
  public static List<Shelf> shelves(Profile profile) {
    var shelves = new ArrayList<Shelf>();
    for (var field : Field.values()) {
      entry(field, profile).ifPresent(key -> shelves.add(new Shelf(field, key)));
    }
    return shelves;
  }

  private static Optional<Key> entry(Field field, Profile profile) {
    var value = field.searched(profile);
    return profile.exists() && !value.isEmpty()
        ? Optional.of(
            TableKeys.directoryEntry(profile.website(), field.word(), value, profile.user()))
        : Optional.empty();
  }

  /**
   * Puts the entries again that a profile should have and has not. None if the profile changes
   * meanwhile: the next look finds what is still missing.
   *
   * @param profile as it is stored
   * @return how many there were
   */
  public int restore(Profile profile) {
    var puts = new HashMap<Key, Write>();
    for (var field : Field.values()) {
      entry(field, profile)
          .ifPresent(key ->
              puts.put(
                  key,
                  DirectoryEntries.put(
                      field, field.searched(profile), profile, profile.revision())));
    }
    if (!puts.isEmpty()) {
      puts.keySet().removeAll(store.get(puts.keySet()).keySet());
    }
    if (puts.isEmpty()) {
      return 0;
    }
    // With the profile: its value may have changed since it was read, or he may have been erased.
    var writes = new ArrayList<Write>();
    writes.add(ProfileRow.stay(profile));
    writes.addAll(puts.values());
    return store.transact(writes) instanceof WriteOutcome.Written ? puts.size() : 0;
  }

  /**
   * Removes entries of values that their users no longer have: from the shelf's entry on to its
   * end, then from its beginning.
   *
   * @param most entries that are looked at, about
   * @param isTimeUp asked before each page
   * @return how many were removed
   */
  public int tidy(WebsiteId website, Shelf shelf, int most, BooleanSupplier isTimeUp) {
    int removed = 0;
    int left = most;
    var start = shelf.entry().sk();
    var toTheEnd = new Query(shelf.name(), start, Query.HIGHEST, false, null, PAGE);
    var fromTheBeginning = new Query(shelf.name(), firstCharacter(start), start, false, null, PAGE);
    for (var query : List.of(toTheEnd, fromTheBeginning)) {
      for (var next = Optional.of(query); next.isPresent(); ) {
        if (left <= 0 || isTimeUp.getAsBoolean()) {
          return removed;
        }
        var page = store.query(next.get());
        removed += tidy(website, shelf.field(), page.items());
        left -= PAGE;
        next = Optional.ofNullable(page.next()).map(query::startingAfter);
      }
    }
    return removed;
  }

  private static String firstCharacter(String text) {
    return text.substring(0, text.offsetByCodePoints(0, 1));
  }

  private int tidy(WebsiteId website, Field field, List<Item> entries) {
    var users = new LinkedHashSet<UserId>();
    entries.forEach(item -> users.add(user(item)));
    var profiles = table.profiles(website, users);
    var deletes = new ArrayList<Write>();
    for (var item : entries) {
      var profile = profiles.getOrDefault(user(item), Profile.unseen(website, user(item)));
      if (isStray(field, item, profile)) {
        deletes.add(
            new Write.Delete(
                item.key(), new Condition.CopyUpTo(DirectoryEntries.ORIGIN, epoch(item))));
      }
    }
    return (int)
        store.write(deletes).stream()
            .filter(outcome -> outcome instanceof WriteOutcome.Written)
            .count();
  }

  /** An entry of a later revision than the profile's is that of a change that is half visible. */
  private static boolean isStray(Field field, Item entry, Profile profile) {
    return (profile.revision() == 0 || epoch(entry) <= profile.revision())
        && !entry(field, profile).equals(Optional.of(entry.key()));
  }

  private static long epoch(Item entry) {
    return entry.whole(Attributes.EPOCH).orElse(0);
  }

  private static UserId user(Item entry) {
    return new UserId(entry.requireText(DirectoryEntries.USER_ID));
  }
}
