package crowd.simulation.oracle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People as the product shows them. */
public interface Reader {

  /** An event in a timeline; milliseconds. */
  record Shown(long timestamp, String messageId, String label) {}

  /** The whole timeline, oldest first. */
  List<Shown> timeline(String website, String user);

  /** A user's traits: values in JSON, by name. */
  Map<String, String> traits(String website, String user);

  /** The user whom an anonymous id leads to. */
  @Nullable String resolve(Browser browser);
}
