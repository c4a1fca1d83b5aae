package crowd.simulation.explore;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Attribute;
import crowd.core.store.Item;
import crowd.simulation.world.Cloud;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The whole table by partition, read by the names of keys and attributes. */
final class RawRows {

  private static final String USERS = Scenario.WEBSITE + "#u#";
  private static final String BROWSERS = Scenario.WEBSITE + "#a#";
  private static final String ERASURES = Scenario.WEBSITE + "#e#";

  private final Map<String, List<Item>> partitions = new LinkedHashMap<>();

  RawRows(List<Item> rows) {
    for (var row : rows) {
      partitions.computeIfAbsent(row.key().pk(), _ -> new ArrayList<>()).add(row);
    }
  }

  List<Item> ofUser(String user) {
    return partitions.getOrDefault(USERS + user, List.of());
  }

  List<Item> ofBrowser(String id) {
    return partitions.getOrDefault(BROWSERS + id, List.of());
  }

  Set<String> users() {
    return ids(USERS);
  }

  Set<String> browsers() {
    return ids(BROWSERS);
  }

  private Set<String> ids(String prefix) {
    var ids = new TreeSet<String>();
    for (var pk : partitions.keySet()) {
      if (pk.startsWith(prefix)) {
        ids.add(pk.substring(prefix.length()));
      }
    }
    return ids;
  }

  List<Item> all() {
    return partitions.values().stream().flatMap(List::stream).toList();
  }

  static @Nullable Item self(List<Item> partition) {
    return partition.stream().filter(row -> row.key().sk().equals("@")).findFirst().orElse(null);
  }

  /** The rows whose sort keys begin so. */
  static List<Item> those(List<Item> partition, String prefix) {
    return partition.stream().filter(row -> row.key().sk().startsWith(prefix)).toList();
  }

  /** Until when a user was erased; {@link Long#MIN_VALUE} if never. */
  long userErasedAt(String user) {
    return erasedAt("user\n" + user);
  }

  /** Until when an anonymous id was erased; {@link Long#MIN_VALUE} if never. */
  long idErasedAt(String id) {
    return erasedAt("anonymous\n" + id);
  }

  private long erasedAt(String erased) {
    var row =
        self(
            partitions.getOrDefault(
                ERASURES + Cloud.pseudonym(new WebsiteId(Scenario.WEBSITE), erased), List.of()));
    return row == null ? Long.MIN_VALUE : number(row, "epoch", Long.MIN_VALUE);
  }

  /** The user whom an id belongs to; null for nobody. */
  @Nullable String owner(String id) {
    var alias = self(ofBrowser(id));
    return alias == null ? null : text(alias, "owner");
  }

  /** The events of an id that are its owner's. */
  List<Item> owned(String id) {
    var alias = self(ofBrowser(id));
    if (alias == null || text(alias, "owner") == null) {
      return List.of();
    }
    long sealed = number(alias, "sealed_at", Long.MAX_VALUE);
    return those(ofBrowser(id), "E#").stream()
        .filter(event -> number(event, "time", 0) <= sealed)
        .toList();
  }

  /** The user whom another was merged into; null if into nobody. */
  @Nullable String parent(String user) {
    var profile = self(ofUser(user));
    return profile == null ? null : text(profile, "merged_into");
  }

  static @Nullable String text(Item row, String name) {
    return row.attributes().get(name) instanceof Attribute.Text(var value) ? value : null;
  }

  static long number(Item row, String name, long otherwise) {
    return row.attributes().get(name) instanceof Attribute.Whole(var value) ? value : otherwise;
  }

  /** Whether a text stands anywhere in a row. */
  static boolean says(Item row, String text) {
    return row.key().pk().contains(text)
        || row.key().sk().contains(text)
        || row.attributes().values().stream()
            .anyMatch(value -> value instanceof Attribute.Text(var held) && held.contains(text));
  }
}
