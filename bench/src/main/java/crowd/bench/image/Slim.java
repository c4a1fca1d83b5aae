package crowd.bench.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Jars, entry by entry. */
final class Slim {

  private Slim() {}

  /** A copy without native libraries, and not compressed: the package is. */
  static Path copy(Path from, Path to) throws IOException {
    try (var zip = new ZipFile(from.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setLevel(0);
      for (var entry : zip.stream().toList()) {
        if (!entry.isDirectory() && !entry.getName().endsWith(".so")) {
          var copied = new ZipEntry(entry.getName());
          copied.setTimeLocal(entry.getTimeLocal());
          out.putNextEntry(copied);
          try (var in = zip.getInputStream(entry)) {
            in.transferTo(out);
          }
          out.closeEntry();
        }
      }
    }
    return to;
  }

  static void extract(Path jar, String name, Path to) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      var entry = zip.getEntry(name);
      if (entry == null) {
        throw new IOException("no " + name + " in " + jar.getFileName());
      }
      try (var in = zip.getInputStream(entry)) {
        Files.copy(in, to);
      }
    }
  }
}
