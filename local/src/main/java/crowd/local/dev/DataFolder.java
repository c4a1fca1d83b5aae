package crowd.local.dev;

import crowd.local.stream.FolderInUseException;
import crowd.local.stream.FolderLock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The folder of a local run: {@code table/} of DynamoDB Local, {@code stream/} of the log, {@code
 * failed-records.jsonl} that the consumer could not write, and {@code dynamodb}, the address at
 * which the run that has the folder serves its table.
 */
final class DataFolder implements AutoCloseable {

  private static final String ADDRESS = "dynamodb";

  private final Path path;
  private final FolderLock lock;

  private DataFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the folder, and makes it if it does not exist.
   *
   * @throws FolderInUseException if another run has it
   */
  static DataFolder take(Path path) throws IOException {
    var folder = new DataFolder(path, FolderLock.take(path));
    Files.deleteIfExists(path.resolve(ADDRESS));
    return folder;
  }

  /** Where the run that has the folder serves its table; empty while none says so. */
  static Optional<URI> address(Path path) throws IOException {
    var file = path.resolve(ADDRESS);
    return Files.exists(file)
        ? Optional.of(URI.create(Files.readString(file).strip()))
        : Optional.empty();
  }

  Path table() {
    return path.resolve("table");
  }

  Path stream() {
    return path.resolve("stream");
  }

  Path failures() {
    return path.resolve("failed-records.jsonl");
  }

  /** Tells the other commands where the table is served. Whole or not at all. */
  void announce(URI address) throws IOException {
    var next = path.resolve(ADDRESS + ".next");
    Files.writeString(next, address + "\n");
    Files.move(
        next,
        path.resolve(ADDRESS),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path.resolve(ADDRESS));
    lock.close();
  }
}
