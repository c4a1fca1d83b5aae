package crowd.local.stream;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How far one reader has come: a sequence number in a file that is replaced whole. */
final class CheckpointFile {

  private static final String SUFFIX = ".checkpoint";

  private final Path path;

  private CheckpointFile(Path path) {
    this.path = path;
  }

  static CheckpointFile of(Path folder, String reader) {
    return new CheckpointFile(folder.resolve(reader + SUFFIX));
  }

  static boolean isName(String name) {
    return name.endsWith(SUFFIX);
  }

  static String reader(Path path) {
    var name = path.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** Position of the last record that the reader is done with; 0 for none. */
  long read() throws IOException {
    if (!Files.exists(path)) {
      return 0;
    }
    try {
      return SequenceNumber.position(Files.readString(path).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException(path + " is damaged: delete it to read the log from its start", e);
    }
  }

  void write(long position) throws IOException {
    var next = path.resolveSibling(path.getFileName() + ".next");
    try (var file = new FileOutputStream(next.toFile())) {
      file.write((SequenceNumber.of(position) + "\n").getBytes(StandardCharsets.US_ASCII));
      file.getFD().sync();
    }
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
