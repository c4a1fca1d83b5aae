package crowd.bench.warm;

import crowd.bench.Root;
import crowd.bench.cloud.Certificate;
import crowd.bench.cloud.CloudStub;
import crowd.bench.cloud.Recording;
import crowd.bench.cloud.Script;
import crowd.bench.report.Figures;
import crowd.bench.runtime.CpuShare;
import crowd.bench.runtime.Instance;
import crowd.bench.runtime.Launch;
import crowd.bench.runtime.Packages;
import crowd.bench.runtime.Surroundings;
import crowd.bench.runtime.TaskRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One of ours and the raw calls of the SDK that it makes, called in turn. */
final class Contest implements AutoCloseable {

  private static final int MEMORY = 1024;

  /** Until the compiler has nothing left to do. */
  private static final int WARM_UP = 4_000;

  /**
   * Pairs of processes, one after the other, among which the rounds are shared out: two of the same
   * function differ by a twentieth for as long as they run.
   */
  private static final int PAIRS = 3;

  /** Of each process in a round. */
  private static final int TURNS = 20;

  /**
   * Milliseconds of processor time of a call, the middle of all rounds.
   *
   * @param ratio of ours to the floor, the middle of the ratios of each round
   * @param asked operations of the cloud in ten calls of ours
   */
  record Outcome(double ours, double floor, double ratio, Map<String, Integer> asked) {
    Outcome {
      asked = Map.copyOf(asked);
    }

    String operations() {
      return asked.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(operation -> Figures.of(operation.getValue() / 10.0) + " " + operation.getKey())
          .collect(Collectors.joining(", "));
    }
  }

  private static final class Measured {
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> floors = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private Map<String, Integer> asked = Map.of();

    void add(double first, double second) {
      ours.add(first);
      floors.add(second);
      ratios.add(first / second);
    }

    Outcome outcome() {
      return new Outcome(
          Figures.median(ours), Figures.median(floors), Figures.median(ratios), asked);
    }
  }

  private final CloudStub stub;
  private final Surroundings around;
  private final TaskRoot root;

  Contest(Class<?>... floors) throws IOException, InterruptedException {
    var certificate = Certificate.in(Root.file("bench/target/certificate"));
    stub = new CloudStub(certificate);
    around = new Surroundings(certificate, stub.port(), MEMORY);
    root =
        TaskRoot.in(Root.file("bench/target/task/warm"))
            .unpack(Packages.functionsJar())
            .withLibraryOfThisProcessor()
            .with(floors)
            .with(crowd.bench.handler.Parts.class);
  }

  /**
   * @param rounds in all, and at least one by each pair of processes
   * @param calls of each, in each round; a multiple of {@link #TURNS}
   * @param isSameWork whether both have to make the same calls of the cloud
   */
  Outcome run(
      Class<?> ours,
      Class<?> floor,
      String event,
      String expected,
      int rounds,
      int calls,
      boolean isSameWork)
      throws IOException, InterruptedException {
    var script = recorded(launch(ours), event, expected);
    var measured = new Measured();
    for (int pair = 0; pair < PAIRS; pair++) {
      stub.use(script.settled().player());
      try (var one = Instance.start(launch(ours), CpuShare.ALL, event);
          var other = Instance.start(launch(floor), CpuShare.ALL, event)) {
        one.firstCall(expected);
        other.firstCall(expected);
        repeat(one, event, expected, WARM_UP * calls / 1_000);
        repeat(other, event, expected, WARM_UP * calls / 1_000);
        measured.asked = asked(one, event, expected, script);
        if (isSameWork && !measured.asked.equals(asked(other, event, expected, script))) {
          throw new IllegalStateException("the floor makes other calls than " + measured.asked);
        }
        for (int round = 0; round < Math.ceilDiv(rounds, PAIRS); round++) {
          round(one, other, event, expected, calls, measured);
        }
      }
    }
    return measured.outcome();
  }

  private Launch launch(Class<?> handler) throws IOException {
    return around.managed(handler.getSimpleName(), root.folder(), handler.getName());
  }

  /** What the cloud says once the same has been said to it before. */
  private Script recorded(Launch launch, String event, String expected)
      throws IOException, InterruptedException {
    return Recording.of(
        stub,
        () -> {
          try (var instance = Instance.start(launch, CpuShare.ALL, event)) {
            instance.firstCall(expected);
            repeat(instance, event, expected, 3);
          }
        });
  }

  /** The operations that ten calls ask for, but for the settings of the website, each minute. */
  private Map<String, Integer> asked(
      Instance instance, String event, String expected, Script script)
      throws IOException, InterruptedException {
    stub.use(script.settled().player());
    repeat(instance, event, expected, 10);
    var asked = stub.asked();
    asked.remove("Query");
    return asked;
  }

  /** By turns, so that a slow second of the machine meets both. */
  private static void round(
      Instance one, Instance other, String event, String expected, int calls, Measured measured)
      throws IOException, InterruptedException {
    var first = one.cpu();
    var second = other.cpu();
    for (int turn = 0; turn < TURNS; turn++) {
      repeat(one, event, expected, calls / TURNS);
      repeat(other, event, expected, calls / TURNS);
    }
    measured.add(millis(one.cpu().minus(first)) / calls, millis(other.cpu().minus(second)) / calls);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static void repeat(Instance instance, String event, String expected, int calls)
      throws IOException, InterruptedException {
    for (int call = 0; call < calls; call++) {
      instance.call(event, expected);
    }
  }

  @Override
  public void close() throws IOException {
    stub.close();
  }
}
