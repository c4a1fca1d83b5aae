package crowd.local.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.Stream;
import crowd.core.stream.StreamContract;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileLogTest extends StreamContract {

  private static final long LARGE = 64L * 1024 * 1024;

  @TempDir private Path folder;
  private final List<FileLog> opened = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  @Override
  protected Stream newStream() throws IOException {
    return open(LARGE, Segment::new);
  }

  @Override
  protected List<Envelope> read(int atLeast) throws IOException {
    return envelopes(opened.getLast(), "contract");
  }

  @AfterEach
  void close() throws IOException {
    for (var log : opened) {
      log.close();
    }
  }

  @Test
  void open_afterClose_findsEverythingAndGoesOn() throws IOException {
    // given
    append(newStream(), 1, 3);
    opened.getLast().close();

    // when
    append(newStream(), 4, 6);

    // then
    assertEquals(numbers(1, 6), ids(envelopes(opened.getLast(), "r")));
  }

  @Test
  void reader_seesRecordsAsTheyWereAppended() throws IOException {
    // given
    var log = open(LARGE, Segment::new);
    var envelope = envelope(7);

    // when
    log.append(envelope);

    // then
    try (var reader = log.reader("r")) {
      var record = reader.read(10).getFirst();
      assertEquals(
          "49000000000000000000000000000000000000000000000000000001", record.sequenceNumber());
      assertEquals("m-7", record.partitionKey());
      assertEquals(NOON, record.arrivedAt());
      assertEquals(envelope, EnvelopeJson.read(record.bytes()));
      assertEquals(List.of(), reader.read(10));
    }
  }

  @Test
  void reader_afterCheckpointAndReopening_goesOnBehindIt() throws IOException {
    // given
    append(newStream(), 1, 5);
    try (var reader = opened.getLast().reader("r")) {
      var records = reader.read(3);
      reader.checkpoint(records.get(1).sequenceNumber());
    }
    opened.getLast().close();

    // when
    newStream();

    // then
    assertEquals(numbers(3, 5), ids(envelopes(opened.getLast(), "r")));
  }

  @Test
  void reader_acrossSegments_readsAll() throws IOException {
    // given
    var log = open(500, Segment::new);

    // when
    append(log, 1, 50);

    // then
    assertTrue(segments().size() > 10, "segments " + segments());
    assertEquals(numbers(1, 50), ids(envelopes(log, "r")));
  }

  @Test
  void checkpoint_deletesSegmentsThatEveryReaderHasPassed() throws IOException {
    // given
    var log = open(500, Segment::new);
    append(log, 1, 50);
    int before = segments().size();
    try (var slow = log.reader("slow");
        var fast = log.reader("fast")) {
      fast.checkpoint(fast.read(50).getLast().sequenceNumber());
      assertEquals(before, segments().size());

      // when
      slow.checkpoint(slow.read(50).get(24).sequenceNumber());

      // then
      assertTrue(segments().size() < before, "segments " + segments());
      assertEquals(numbers(26, 50), ids(envelopes(log, "slow")));
    }
  }

  @Test
  void checkpoint_ofEverything_keepsTheNumbersGrowing() throws IOException {
    // given
    var log = open(500, Segment::new);
    append(log, 1, 20);
    try (var reader = log.reader("r")) {
      reader.checkpoint(reader.read(20).getLast().sequenceNumber());
    }
    assertEquals(1, segments().size());
    log.close();

    // when
    append(open(500, Segment::new), 21, 22);

    // then
    assertEquals(numbers(21, 22), ids(envelopes(opened.getLast(), "r")));
  }

  @Test
  void open_whenFilesWereDeletedButNotTheCheckpoint_hidesNoNewRecord() throws IOException {
    // given
    append(newStream(), 1, 5);
    try (var reader = opened.getLast().reader("r")) {
      reader.checkpoint(reader.read(5).getLast().sequenceNumber());
    }
    opened.getLast().close();
    for (var segment : segments()) {
      Files.delete(segment);
    }

    // when
    append(newStream(), 6, 7);

    // then
    assertEquals(numbers(6, 7), ids(envelopes(opened.getLast(), "r")));
  }

  @Test
  void open_withATornLastRecord_cutsItAndGoesOn() throws IOException {
    // given: every length to which the last record can have been written
    append(newStream(), 1, 2);
    long two = Files.size(segments().getFirst());
    append(opened.getLast(), 3, 3);
    opened.getLast().close();
    var whole = Files.readAllBytes(segments().getFirst());

    for (long length = two + 1; length < whole.length; length++) {
      try (var file = new RandomAccessFile(segments().getFirst().toFile(), "rw")) {
        file.setLength(length);
      }
      lines.clear();

      // when
      var log = open(LARGE, Segment::new);
      var found = ids(envelopes(log, "r"));
      append(log, 4, 4);
      var after = ids(envelopes(log, "r"));
      log.close();

      // then
      assertEquals(numbers(1, 2), found);
      assertEquals(List.of("m-1", "m-2", "m-4"), after);
      assertEquals(
          List.of("the log in " + folder + " ended in an unfinished record, which was cut off"),
          lines);
      Files.write(segments().getFirst(), whole);
    }
  }

  @Test
  void open_withRubbishAtTheEnd_cutsIt() throws IOException {
    // given
    long seed = new SplittableRandom().nextLong();
    System.out.println("FileLogTest seed " + seed);
    var random = new SplittableRandom(seed);
    append(newStream(), 1, 2);
    opened.getLast().close();
    var whole = Files.readAllBytes(segments().getFirst());

    for (int round = 0; round < 50; round++) {
      var rubbish = new byte[1 + random.nextInt(200)];
      if (round % 2 == 0) {
        random.nextBytes(rubbish);
      }
      try (var file = new RandomAccessFile(segments().getFirst().toFile(), "rw")) {
        file.seek(whole.length);
        file.write(rubbish);
      }

      // when
      var log = open(LARGE, Segment::new);
      var found = ids(envelopes(log, "r"));
      log.close();

      // then
      assertEquals(numbers(1, 2), found);
      assertEquals(whole.length, Files.size(segments().getFirst()));
    }
  }

  @Test
  void read_ofADamagedRecord_isAnErrorAndNotALoss() throws IOException {
    // given
    var log = open(LARGE, Segment::new);
    append(log, 1, 3);
    try (var file = new RandomAccessFile(segments().getFirst().toFile(), "rw")) {
      file.seek(30);
      file.write(1);
    }

    // when, then
    try (var reader = log.reader("r")) {
      var damaged = assertThrows(IOException.class, () -> reader.read(10));
      assertEquals(segments().getFirst() + " is damaged at byte 0", damaged.getMessage());
    }
  }

  @Test
  void open_twice_isRefusedInOneLine() throws IOException {
    // given
    newStream();

    // when
    var refused = assertThrows(FolderInUseException.class, this::newStream);

    // then
    assertEquals(
        "another run (process "
            + ProcessHandle.current().pid()
            + ") uses "
            + folder
            + ": end it, or choose another data folder",
        refused.getMessage());
  }

  @Test
  void append_afterClose_isNotAcknowledged() throws IOException {
    // given
    var log = open(LARGE, Segment::new);
    log.close();

    // when
    var outcome = log.append(envelope(1));

    // then
    assertEquals(AppendOutcome.UNKNOWN, outcome);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30})
  void append_whenTheDiskFails_isNotAcknowledgedAndNothingElseIsLost(int written)
      throws IOException {
    // given: a disk that takes so many bytes of a write and then no more, until it is mended
    var full = new AtomicBoolean();
    var log = open(LARGE, (path, length) -> new FailingSegment(path, length, full, written));
    append(log, 1, 2);

    // when
    full.set(true);
    var outcomes = List.of(log.append(envelope(3)), log.append(envelope(4)));
    full.set(false);
    append(log, 5, 6);

    // then
    assertEquals(List.of(AppendOutcome.UNKNOWN, AppendOutcome.UNKNOWN), outcomes);
    assertEquals(List.of("m-1", "m-2", "m-5", "m-6"), ids(envelopes(log, "r")));
    assertEquals(
        List.of(
            "the log in " + folder + " cannot be written: No space left on device",
            "the log in " + folder + " can be written again"),
        lines);
    log.close();
    assertEquals(
        List.of("m-1", "m-2", "m-5", "m-6"), ids(envelopes(open(LARGE, Segment::new), "r")));
  }

  @Test
  void append_byManyAtOnce_sharesSyncs() throws Exception {
    // given
    var writes = new AtomicInteger();
    var log = open(LARGE, (path, length) -> new CountingSegment(path, length, writes));
    int appenders = 32;

    // when
    var threads =
        IntStream.range(0, appenders)
            .mapToObj(n -> Thread.ofVirtual().start(() -> append(log, n * 20, n * 20 + 19)))
            .toList();
    for (var thread : threads) {
      thread.join();
    }

    // then
    assertEquals(appenders * 20, envelopes(log, "r").size());
    assertTrue(writes.get() < appenders * 20, writes + " writes");
  }

  @Test
  void append_byAThreadThatIsInterrupted_closesNothing() throws IOException {
    // given
    var log = open(LARGE, Segment::new);

    // when
    Thread.currentThread().interrupt();
    var outcomes = List.of(log.append(envelope(1)), log.append(envelope(2)));
    boolean interrupted = Thread.interrupted();

    // then
    assertTrue(interrupted);
    assertEquals(List.of(AppendOutcome.APPENDED, AppendOutcome.APPENDED), outcomes);
    assertEquals(numbers(1, 2), ids(envelopes(log, "r")));
  }

  @Test
  void onAppend_isCalledWhenThereIsMoreToRead() throws IOException {
    // given
    var log = open(LARGE, Segment::new);
    var seen = new ArrayList<String>();
    try (var reader = log.reader("r")) {
      log.onAppend(() -> {
        try {
          reader.read(10).forEach(record -> seen.add(record.partitionKey()));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });

      // when
      append(log, 1, 3);
    }

    // then
    assertEquals(numbers(1, 3), seen);
  }

  @Test
  void checkpointFile_thatIsDamaged_isAClearError() throws IOException {
    // given
    var file = folder.resolve("r.checkpoint");
    Files.writeString(file, "rubbish");

    // when
    var damaged = assertThrows(IOException.class, this::newStream);

    // then
    assertEquals(
        file + " is damaged: delete it to read the log from its start", damaged.getMessage());
    Files.delete(file);
    assertFalse(envelopes((FileLog) newStream(), "r").iterator().hasNext());
  }

  private FileLog open(long segmentBytes, Segment.Opener opener) throws IOException {
    var log = FileLog.open(folder, lines::add, InstantSource.fixed(NOON), segmentBytes, opener);
    opened.add(log);
    return log;
  }

  private static void append(Stream log, int from, int to) {
    for (int n = from; n <= to; n++) {
      assertEquals(AppendOutcome.APPENDED, log.append(envelope(n)));
    }
  }

  private static Envelope envelope(int n) {
    return new Envelope(DEMO, List.of(track("m-" + n, "Seen")));
  }

  private static List<Envelope> envelopes(FileLog log, String name) throws IOException {
    var envelopes = new ArrayList<Envelope>();
    try (var reader = log.reader(name)) {
      for (var records = reader.read(7); !records.isEmpty(); records = reader.read(7)) {
        records.forEach(record -> envelopes.add(EnvelopeJson.read(record.bytes())));
      }
    }
    return envelopes;
  }

  private static List<String> ids(List<Envelope> envelopes) {
    return envelopes.stream().map(Envelope::spread).toList();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> "m-" + n).toList();
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(path -> Segment.isName(path.getFileName().toString())).sorted().toList();
    }
  }

  private static final class FailingSegment extends Segment {
    private final AtomicBoolean full;
    private final int taken;

    FailingSegment(Path path, long length, AtomicBoolean full, int taken) throws IOException {
      super(path, length);
      this.full = full;
      this.taken = taken;
    }

    @Override
    void write(RandomAccessFile to, byte[] frames) throws IOException {
      if (full.get()) {
        to.write(frames, 0, taken);
        throw new IOException("No space left on device");
      }
      super.write(to, frames);
    }
  }

  private static final class CountingSegment extends Segment {
    private final AtomicInteger writes;

    CountingSegment(Path path, long length, AtomicInteger writes) throws IOException {
      super(path, length);
      this.writes = writes;
    }

    @Override
    void write(RandomAccessFile to, byte[] frames) throws IOException {
      writes.incrementAndGet();
      super.write(to, frames);
    }
  }
}
