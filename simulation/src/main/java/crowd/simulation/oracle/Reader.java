package crowd.simulation.oracle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People as the product shows them. */
public interface Reader {

  /** An event in a timeline; milliseconds. */
  record Shown(long timestamp, String messageId, String label) {}

  /**
   * What a user's page shows.
   *
   * @param traits values in JSON, by name
   * @param timeline all of it, oldest first
   */
  record Page(Map<String, String> traits, List<Shown> timeline) {}

  /** Nothing, if there is no such user. */
  Page page(String website, String user);

  default List<Shown> timeline(String website, String user) {
    return page(website, user).timeline();
  }

  default Map<String, String> traits(String website, String user) {
    return page(website, user).traits();
  }

  /** The user whom an anonymous id leads to. */
  @Nullable String resolve(Browser browser);
}
