package crowd.simulation.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sources of the core, as they lie in a checkout.
 *
 * @param root of the checkout
 */
record Sources(Path root) {

  private static final String CORE = "shared/core/src/main/java/crowd/core";

  /** The changed files of a mutant, by the names of their classes. */
  Map<String, String> of(Mutant mutant) throws UnfitException {
    var changed = new LinkedHashMap<String, String>();
    for (var patch : mutant.patches()) {
      var name = "crowd.core." + patch.file().replace('/', '.');
      var before = changed.get(name);
      changed.put(name, patch.apply(before == null ? read(patch.file()) : before));
    }
    return changed;
  }

  private String read(String file) throws UnfitException {
    var path = root.resolve(CORE).resolve(file + ".java");
    if (!Files.isRegularFile(path)) {
      throw new UnfitException("no file " + path);
    }
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
