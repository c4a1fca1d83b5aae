package crowd.simulation.oracle;

import crowd.core.store.Item;
import java.util.Objects;

/** A row of a user's history, read by the names of its attributes. */
record RawDecision(String partition, String kind, String about) {

  static RawDecision of(Item row) {
    return new RawDecision(row.key().pk(), text(row, "kind"), text(row, "about"));
  }

  private static String text(Item row, String name) {
    return Objects.requireNonNullElse(AliasState.text(row, name), "");
  }
}
