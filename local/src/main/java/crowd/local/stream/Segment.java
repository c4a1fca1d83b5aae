package crowd.local.stream;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file of the log that is written to.
 *
 * <p>Not a {@code FileChannel}: an interrupt of one appending thread would close it for all.
 */
class Segment implements AutoCloseable {

  /** How a segment's file is opened; a test opens one that fails. */
  interface Opener {
    Segment open(Path path, long length) throws IOException;
  }

  private static final String SUFFIX = ".log";

  private final RandomAccessFile file;
  private long length;

  /**
   * @param length bytes that are sound; what stands behind them is overwritten
   */
  Segment(Path path, long length) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "rw");
    this.length = length;
  }

  static String name(long firstPosition) {
    return "%019d".formatted(firstPosition) + SUFFIX;
  }

  static boolean isName(String name) {
    return name.matches("\\d{19}\\.log");
  }

  static long firstPosition(Path path) {
    var name = path.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  long length() {
    return length;
  }

  /** Writes at the end, and returns when it is on the disk; on an exception call {@link #cut}. */
  final void append(byte[] frames) throws IOException {
    file.seek(length);
    write(file, frames);
    file.getFD().sync();
    length += frames.length;
  }

  /** Takes away what is not known to be sound. */
  final void cut() throws IOException {
    file.setLength(length);
    file.getFD().sync();
  }

  void write(RandomAccessFile to, byte[] frames) throws IOException {
    to.write(frames);
  }

  @Override
  public final void close() throws IOException {
    file.close();
  }
}
