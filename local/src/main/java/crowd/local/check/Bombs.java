package crowd.local.check;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import crowd.local.dev.Demo;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bodies that are meant to be dear to read: each is refused, writes nothing, and costs no more
 * memory and not many times the processor of an honest body of that size, measured in the same run.
 * Size: times that each is sent; the best of them counts, since other work on the machine only
 * adds.
 */
final class Bombs implements Check {

  /** Bytes that all threads may allocate for one request, unless an honest body takes more. */
  private static final long MAX_ALLOCATED = 64 * 1024 * 1024;

  /** Times the processor time of an honest body of the same size. */
  private static final double RATIO = 8;

  private static final long WARM_UP = 40;

  /** The processor's clock has steps of up to ten milliseconds: an honest body is sent often. */
  private static final long OFTEN = 20;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<String> wrong = new ArrayList<>();

  @Override
  public String name() {
    return "bombs";
  }

  @Override
  public String about() {
    return "bodies meant to be dear to read: not refused, or too much memory or processor";
  }

  @Override
  public long ciSize() {
    return 3;
  }

  /** What a request takes on the average. */
  private record Cost(long cpuNanos, long bytes) {}

  @Override
  public Figure run(long size) {
    var bombs = Bomb.all();
    try (var run = InMemoryRun.start()) {
      var whole = floor(run, Bomb.WHOLE);
      var large = floor(run, Bomb.LARGE);
      var worst = new TreeMap<Double, String>();
      long mostBytes = 0;
      for (var bomb : bombs) {
        boolean isLarge = bomb.body().length > Bomb.WHOLE;
        var cost = cost(run, bomb, size);
        var honest = isLarge ? large : whole;
        double ratio = (double) cost.cpuNanos() / honest.cpuNanos();
        worst.put(ratio, bomb.toString());
        mostBytes = Math.max(mostBytes, cost.bytes());
        if (cost.bytes() > Math.max(MAX_ALLOCATED, honest.bytes() * 6 / 5)) {
          wrong.add("%s allocates %,d bytes".formatted(bomb, cost.bytes()));
        }
        if (ratio > RATIO) {
          wrong.add("%s takes %.1f times the processor of an honest body".formatted(bomb, ratio));
        }
      }
      System.err.printf(
          "bombs: honest bodies take %.1f and %.1f ms and %,d and %,d KB; the dearest bomb %,d KB%n",
          whole.cpuNanos() / 1e6,
          large.cpuNanos() / 1e6,
          whole.bytes() / 1024,
          large.bytes() / 1024,
          mostBytes / 1024);
      worst.descendingMap().entrySet().stream().limit(5).forEach(Bombs::tell);
    }
    wrong.forEach(line -> System.err.println("bombs: " + line));
    return new Figure(wrong.size() + "/" + bombs.size(), "wrong-bombs", wrong.isEmpty());
  }

  private static void tell(Map.Entry<Double, String> bomb) {
    System.err.printf("%9.1f times an honest body: %s%n", bomb.getKey(), bomb.getValue());
  }

  private Cost floor(InMemoryRun run, int bytes) {
    var honest = Bomb.harmless(bytes);
    for (long i = 0; i < WARM_UP; i++) {
      send(run, honest);
    }
    return cost(run, honest, OFTEN);
  }

  private Cost cost(InMemoryRun run, Bomb bomb, long times) {
    long writes = run.writes();
    long bytes = threads.getTotalThreadAllocatedBytes();
    long cpu = system.getProcessCpuTime();
    for (long i = 0; i < times; i++) {
      var complaint = ProblemAnswer.complaint(send(run, bomb));
      if (complaint.isPresent() && i == 0) {
        wrong.add(bomb + ": " + complaint.get());
      }
    }
    var cost =
        new Cost(
            (system.getProcessCpuTime() - cpu) / times,
            (threads.getTotalThreadAllocatedBytes() - bytes) / times);
    if (run.writes() != writes) {
      wrong.add(bomb + " wrote something");
    }
    return cost;
  }

  private static HttpResponse<String> send(InMemoryRun run, Bomb bomb) {
    return run.send(
        HttpRequest.newBuilder(URI.create(run.address() + bomb.path()))
            .header("X-Crowd-Key", Demo.SERVER_KEY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(bomb.body()))
            .build());
  }
}
