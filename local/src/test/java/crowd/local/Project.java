package crowd.local;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own files, wherever the tests run. */
public final class Project {

  private Project() {}

  public static Path file(String name) {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("template.yaml"))) {
        return folder.resolve(name);
      }
    }
    throw new IllegalStateException("not inside the project");
  }
}
