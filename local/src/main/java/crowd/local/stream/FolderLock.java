package crowd.local.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes a folder one run's alone. The operating system gives it back when the process ends, however
 * it ends.
 */
public final class FolderLock implements AutoCloseable {

  private final FileChannel file;

  private FolderLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Makes the folder if it does not exist, and takes it.
   *
   * @throws FolderInUseException if another run has it
   */
  public static FolderLock take(Path folder) throws IOException {
    Files.createDirectories(folder);
    var file =
        FileChannel.open(
            folder.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (lock(file) == null) {
        throw new FolderInUseException(folder, owner(file));
      }
      file.truncate(0);
      file.write(utf8(Long.toString(ProcessHandle.current().pid())), 0);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    return new FolderLock(file);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The process id that the owner wrote, for the message only. */
  private static String owner(FileChannel file) throws IOException {
    var bytes = ByteBuffer.allocate(20);
    file.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
