package crowd.local.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** The folder that Lambda lays a package out in. */
public final class Layout {

  private Layout() {}

  /**
   * Lays the entries of a jar out, as Lambda does with what is deployed.
   *
   * @throws IOException if an entry leads out of the folder, or is there already
   */
  public static void unpack(Path jar, Path folder) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().toList()) {
        var file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException(jar.getFileName() + " has an entry outside itself");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          try (var bytes = zip.getInputStream(entry)) {
            Files.copy(bytes, file);
          }
        }
      }
    }
  }
}
