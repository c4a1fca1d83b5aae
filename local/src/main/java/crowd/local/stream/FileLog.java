package crowd.local.stream;

import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A durable stream in a folder: what it acknowledged is on the disk.
 *
 * <p>One file after the other, each named by the position of its first record. An append returns
 * when its record is synced; appends that wait for the disk at the same time share one sync. A
 * record that was being written when the process died is cut off at the next opening: nobody was
 * told that it was there. A file is deleted once every reader has passed it.
 */
public final class FileLog implements Stream, AutoCloseable {

  /** Bytes after which the next file is begun. */
  private static final long SEGMENT_BYTES = 64L * 1024 * 1024;

  /** Appends that go to the disk together, and how that ended. */
  private static final class Batch {
    final List<Pending> appends = new ArrayList<>();
    @Nullable AppendOutcome outcome;
  }

  private record Pending(String partitionKey, Instant arrivedAt, ByteBuffer data) {}

  private final Path folder;
  private final FolderLock folderLock;
  private final InstantSource clock;
  private final long segmentBytes;
  private final Segment.Opener opener;
  private final Consumer<String> log;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flushed = lock.newCondition();

  // Under the lock.
  private final NavigableMap<Long, Path> segments = new TreeMap<>();
  private final Map<String, Long> checkpoints = new HashMap<>();
  private Batch waiting = new Batch();
  private boolean flushing;
  private boolean closed;
  private long nextPosition;

  // Of whoever flushes.
  private Segment tail;
  private boolean failing;

  /**
   * @param log takes a line for people when the disk fails, and when it works again
   * @throws FolderInUseException if another run has the log open
   * @throws IOException if the folder cannot be read or written, or a file in it is damaged
   */
  public static FileLog open(Path folder, Consumer<String> log) throws IOException {
    return open(folder, log, InstantSource.system(), SEGMENT_BYTES, Segment::new);
  }

  static FileLog open(
      Path folder,
      Consumer<String> log,
      InstantSource clock,
      long segmentBytes,
      Segment.Opener opener)
      throws IOException {
    var folderLock = FolderLock.take(folder);
    try {
      return new FileLog(folder, folderLock, log, clock, segmentBytes, opener);
    } catch (IOException | RuntimeException e) {
      folderLock.close();
      throw e;
    }
  }

  private FileLog(
      Path folder,
      FolderLock folderLock,
      Consumer<String> log,
      InstantSource clock,
      long segmentBytes,
      Segment.Opener opener)
      throws IOException {
    this.folder = folder;
    this.folderLock = folderLock;
    this.log = log;
    this.clock = clock;
    this.segmentBytes = segmentBytes;
    this.opener = opener;
    long passed = 0;
    try (var files = Files.newDirectoryStream(folder)) {
      for (var path : files) {
        var name = path.getFileName().toString();
        if (Segment.isName(name)) {
          segments.put(Segment.firstPosition(path), path);
        } else if (CheckpointFile.isName(name)) {
          var reader = CheckpointFile.reader(path);
          checkpoints.put(reader, CheckpointFile.of(folder, reader).read());
          passed = Math.max(passed, checkpoints.get(reader));
        }
      }
    }
    this.tail = segments.isEmpty() ? begin(passed + 1) : recover();
    if (nextPosition <= passed) {
      // The files were deleted and the checkpoint was not: numbers that a reader believes to have
      // passed must not be given out again.
      tail.close();
      this.tail = begin(passed + 1);
    }
  }

  @Override
  public AppendOutcome append(Envelope envelope) {
    var data = ByteBuffer.wrap(EnvelopeJson.writeRecord(envelope));
    var append = new Pending(envelope.spread(), clock.instant(), data);
    boolean wroteHere = false;
    lock.lock();
    try {
      if (closed) {
        return AppendOutcome.UNKNOWN;
      }
      var batch = waiting;
      batch.appends.add(append);
      while (batch.outcome == null) {
        if (flushing) {
          flushed.awaitUninterruptibly();
        } else {
          flush(batch);
          wroteHere = true;
        }
      }
      return batch.outcome;
    } finally {
      lock.unlock();
      if (wroteHere) {
        listeners.forEach(Runnable::run);
      }
    }
  }

  /** Calls back, briefly, whenever there is more to read. */
  public void onAppend(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * The one reader of this name, which goes on behind what it is done with; a new one begins with
   * the oldest record.
   */
  public LogReader reader(String name) throws IOException {
    lock.lock();
    try {
      long done = checkpoints.computeIfAbsent(name, _ -> segments.firstKey() - 1);
      return new LogReader(this, CheckpointFile.of(folder, name), name, done);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the appends under way; those that come later are not taken. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      while (flushing || !waiting.appends.isEmpty()) {
        flushed.awaitUninterruptibly();
      }
      tail.close();
    } finally {
      lock.unlock();
      folderLock.close();
    }
  }

  /** Position of the first record that does not exist yet. */
  long nextPosition() {
    lock.lock();
    try {
      return nextPosition;
    } finally {
      lock.unlock();
    }
  }

  /** The file that holds, or will hold, the record at this position. */
  Path segmentOf(long position) {
    lock.lock();
    try {
      var segment = segments.floorEntry(position);
      if (segment == null) {
        throw new IllegalStateException("the log begins behind position " + position);
      }
      return segment.getValue();
    } finally {
      lock.unlock();
    }
  }

  /** Takes note that a reader is done up to here, and deletes what all readers are done with. */
  void passed(String reader, long position) {
    lock.lock();
    try {
      checkpoints.put(reader, position);
      long all = checkpoints.values().stream().mapToLong(Long::longValue).min().orElse(0);
      while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= all + 1) {
        Files.deleteIfExists(segments.firstEntry().getValue());
        segments.pollFirstEntry();
      }
    } catch (IOException e) {
      log.accept("a file of the log that is done with cannot be deleted: " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** Called with the lock; gives it back while the disk works. */
  private void flush(Batch batch) {
    flushing = true;
    waiting = new Batch();
    long first = nextPosition;
    AppendOutcome outcome = AppendOutcome.UNKNOWN;
    lock.unlock();
    try {
      outcome = write(first, batch.appends);
    } finally {
      lock.lock();
      flushing = false;
      batch.outcome = outcome;
      if (outcome.equals(AppendOutcome.APPENDED)) {
        nextPosition = first + batch.appends.size();
      }
      flushed.signalAll();
    }
  }

  private AppendOutcome write(long first, List<Pending> appends) {
    var frames = new ByteArrayOutputStream();
    long position = first;
    for (var append : appends) {
      frames.writeBytes(
          Frame.encode(position, append.arrivedAt(), append.partitionKey(), append.data()));
      position++;
    }
    try {
      tailFor(first).append(frames.toByteArray());
      if (failing) {
        log.accept("the log in " + folder + " can be written again");
        failing = false;
      }
      return AppendOutcome.APPENDED;
    } catch (IOException e) {
      if (!failing) {
        log.accept("the log in " + folder + " cannot be written: " + e.getMessage());
        failing = true;
      }
      return AppendOutcome.UNKNOWN;
    }
  }

  /**
   * The file to write to. After a failed write it is a new one: what the disk holds of the old one
   * behind the last sync is not known, so that it is cut there and left.
   */
  private Segment tailFor(long position) throws IOException {
    if (failing) {
      tail.cut();
    }
    if (tail.length() > 0 && (failing || tail.length() >= segmentBytes)) {
      var full = tail;
      tail = begin(position);
      full.close();
    }
    return tail;
  }

  private Segment begin(long position) throws IOException {
    var path = folder.resolve(Segment.name(position));
    var segment = opener.open(path, 0);
    try {
      segment.cut();
      syncFolder();
    } catch (IOException e) {
      segment.close();
      throw e;
    }
    lock.lock();
    try {
      segments.put(position, path);
      nextPosition = position;
    } finally {
      lock.unlock();
    }
    return segment;
  }

  /** Finds the end of the log, and cuts off what a killed process left unfinished. */
  private Segment recover() throws IOException {
    var last = segments.lastEntry();
    long position = last.getKey();
    long sound = 0;
    try (var file = new RandomAccessFile(last.getValue().toFile(), "r")) {
      while (sound < file.length()) {
        Frame.read(file, position);
        position++;
        sound = file.getFilePointer();
      }
    } catch (Frame.DamagedException e) {
      log.accept("the log in " + folder + " ended in an unfinished record, which was cut off");
    }
    nextPosition = position;
    var segment = opener.open(last.getValue(), sound);
    segment.cut();
    return segment;
  }

  /** Makes the entry of a new file durable, where the system can do that for a folder. */
  private void syncFolder() throws IOException {
    try (var channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folders; its file systems keep the entry with the file.
      return;
    }
  }
}
