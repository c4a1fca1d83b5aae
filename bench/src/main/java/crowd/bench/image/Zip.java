package crowd.bench.image;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/** A zip of a folder that keeps who may execute what. */
final class Zip {

  private Zip() {}

  /**
   * @param time that every entry gets
   * @return bytes of all files, before they are packed
   */
  static long of(Path folder, Path zip, FileTime time) throws IOException {
    Files.deleteIfExists(zip);
    long bytes = 0;
    var settings = Map.of("create", "true", "enablePosixFileAttributes", "true");
    try (var out = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), settings);
        var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var entry = out.getPath("/" + folder.relativize(file));
        Files.createDirectories(entry.getParent());
        Files.copy(file, entry);
        Files.setPosixFilePermissions(entry, Files.getPosixFilePermissions(file));
        Files.setLastModifiedTime(entry, time);
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** Lays it out as Lambda does: with the permissions and times of its entries. */
  static void unpack(Path zip, Path folder) throws IOException {
    var settings = Map.of("enablePosixFileAttributes", "true");
    try (var in = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), settings);
        var entries = Files.walk(in.getPath("/"))) {
      for (var entry : entries.filter(Files::isRegularFile).toList()) {
        var file = folder.resolve(entry.toString().substring(1));
        Files.createDirectories(file.getParent());
        Files.copy(entry, file);
        Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
        Files.setLastModifiedTime(file, Files.getLastModifiedTime(entry));
      }
    }
  }
}
