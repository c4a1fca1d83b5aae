package crowd.bench;

import java.nio.file.Path;

/** The folder of the project. */
public final class Root {

  private static final Path PATH =
      Path.of(System.getProperty("crowd.root", ".")).toAbsolutePath().normalize();

  private Root() {}

  public static Path file(String path) {
    return PATH.resolve(path);
  }
}
