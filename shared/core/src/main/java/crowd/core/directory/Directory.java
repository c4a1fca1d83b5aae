package crowd.core.directory;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.profile.Profile;
import crowd.core.store.Index;
import crowd.core.store.IndexEntry;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds people by the start of their user id, email or name, and lists them by last seen. What it
 * holds is derived: an entry is a hint, checked against the profile.
 */
public final class Directory {

  private final Store store;
  private final Table table;

  public Directory(Store store) {
    this.store = store;
    this.table = new Table(store);
  }

  /**
   * A page of what was found.
   *
   * @param next what to pass as {@code after} for the next page; null at the end
   */
  public record Found<T>(List<T> found, @Nullable String next) {
    public Found {
      found = List.copyOf(found);
    }
  }

  /** Something found, and where the search stood then. */
  private record Hit<T>(T found, String position) {}

  /** Where a search goes on: the field, and the sort key behind which it looks. */
  private record Position(Field field, @Nullable String after) {

    private static final Position START = new Position(Field.USER_ID, null);

    static Position read(String text) {
      int end = text.indexOf(':');
      var word = end < 0 ? "" : text.substring(0, end);
      return Arrays.stream(Field.values())
          .filter(field -> field.word().equals(word))
          .findFirst()
          .map(field -> new Position(field, text.substring(end + 1)))
          .orElseThrow(() -> new IllegalArgumentException("not a position of this search"));
    }

    static String write(Field field, String sortKey) {
      return field.word() + ":" + sortKey;
    }
  }

  /**
   * Users of whom a field begins with the text, each once. Case and Unicode composition do not
   * matter.
   *
   * @param after from the page before; null for the first
   * @throws IllegalArgumentException if {@code after} is not from a page before
   */
  public Found<Profile> matching(
      WebsiteId website, String text, @Nullable String after, int limit) {
    var searched = TableKeys.searched(text);
    if (searched.isEmpty()) {
      return new Found<>(List.of(), null);
    }
    var start = after == null ? Position.START : Position.read(after);
    var hits = new ArrayList<Hit<Profile>>();
    for (var field : Field.values()) {
      if (field.compareTo(start.field()) >= 0) {
        var from = field == start.field() ? start.after() : null;
        search(website, field, searched, from, limit + 1, hits);
      }
    }
    return page(hits, limit);
  }

  private void search(
      WebsiteId website,
      Field field,
      String searched,
      @Nullable String after,
      int enough,
      List<Hit<Profile>> hits) {
    var partition = TableKeys.directoryPartition(website, field.word(), searched);
    var from = after;
    while (hits.size() < enough) {
      var page =
          store.query(Query.prefix(partition, searched, enough - hits.size()).startingAfter(from));
      var users = page.items().stream().map(Directory::user).toList();
      var profiles = table.profiles(website, users);
      for (var item : page.items()) {
        var profile = profiles.get(user(item));
        if (profile != null && isFoundBy(field, searched, profile)) {
          hits.add(new Hit<>(profile, Position.write(field, item.key().sk())));
        }
      }
      if (page.next() == null) {
        return;
      }
      from = page.next();
    }
  }

  private static UserId user(Item entry) {
    return new UserId(entry.requireText(DirectoryEntries.USER_ID));
  }

  /** Whether the profile has the value now, and is not found by an earlier field already. */
  private static boolean isFoundBy(Field field, String searched, Profile profile) {
    return profile.exists()
        && Arrays.stream(Field.values())
            .filter(candidate -> candidate.searched(profile).startsWith(searched))
            .findFirst()
            .equals(Optional.of(field));
  }

  /**
   * Users by last seen, latest first.
   *
   * @param after from the page before; null for the first
   * @throws IllegalArgumentException if {@code after} is not from a page before
   */
  public Found<UserId> newest(WebsiteId website, @Nullable String after, int limit) {
    var page =
        store.query(
            new IndexQuery(
                Index.SEEN,
                website.value(),
                Long.MAX_VALUE,
                true,
                after == null ? null : entry(website, after),
                limit + 1));
    var hits =
        page.entries().stream()
            .map(entry ->
                new Hit<>(TableKeys.userOf(website, entry.key()), position(website, entry)))
            .toList();
    return page(hits, limit);
  }

  private static String position(WebsiteId website, IndexEntry entry) {
    return entry.range() + ":" + TableKeys.userOf(website, entry.key()).value();
  }

  private static IndexEntry entry(WebsiteId website, String position) {
    int end = position.indexOf(':');
    if (end < 0) {
      throw new IllegalArgumentException("not a position of this list");
    }
    var user = new UserId(position.substring(end + 1));
    return new IndexEntry(
        TableKeys.profile(website, user), Long.parseLong(position.substring(0, end)));
  }

  private static <T> Found<T> page(List<Hit<T>> hits, int limit) {
    var shown = hits.subList(0, Math.min(limit, hits.size()));
    return new Found<>(
        shown.stream().map(Hit::found).toList(),
        hits.size() > limit ? shown.getLast().position() : null);
  }
}
