package crowd.bench.scale;

import crowd.bench.Bench;
import crowd.bench.report.Bar;
import crowd.bench.report.Figures;
import crowd.bench.report.Goal;
import crowd.bench.report.Result;
import crowd.bench.report.Table;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.WebsiteId;
import crowd.functions.identify.IdentifyHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** How long until all events of an anonymous id are its owner's. */
public final class Backfill implements Bench {

  private static final String VISITOR = "anon_1f0e5b7e-9c1c-4f6e-8a39-5d1f2f0a7c11";
  private static final int MOST = 100_000;
  private static final int TENTH = MOST / 10;

  /** So that what the machine does in the meantime meets all alike. */
  private static final List<Integer> THERE_AND_BACK =
      List.of(1_000, TENTH, MOST, MOST, TENTH, 1_000);

  /** Most backfills of a size, one after the other. */
  private static final int REPEATS = 5;

  @Override
  public String name() {
    return "backfill";
  }

  @Override
  public String about() {
    return "until the events of an anonymous id are its owner's";
  }

  @Override
  public int rounds() {
    return 5;
  }

  @Override
  public Result run(int rounds) throws IOException {
    // Not measured: the compiler's part.
    for (int size : THERE_AND_BACK) {
      millis(size);
    }
    var took = new LinkedHashMap<Integer, List<Double>>();
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      var sums = new LinkedHashMap<Integer, Double>();
      for (int size : THERE_AND_BACK) {
        sums.merge(size, average(size), Double::sum);
      }
      sums.forEach((size, sum) -> took.computeIfAbsent(size, _ -> new ArrayList<>()).add(sum / 2));
      ratios.add(sums.getOrDefault(MOST, 0.0) / sums.getOrDefault(TENTH, 0.0));
    }
    var rows = new ArrayList<List<String>>();
    var bars = new ArrayList<Bar>();
    took.forEach((size, all) -> {
      double median = Figures.median(all);
      rows.add(List.of(size + " events", Figures.of(median), Figures.of(median * 1_000 / size)));
      bars.add(new Bar("Backfill in memory, ms", size + " events", median));
    });
    return new Result(
        List.of(new Table("Backfill", List.of("", "ms", "µs an event"), rows)),
        List.of(new Goal("backfill-100000", Figures.median(ratios), "x-10000", 11)),
        List.of(
            "On a table in memory: how the work grows, without the time of DynamoDB, which a backfill asks for a page of events and a put for each."),
        bars);
  }

  /** Of more than one if they are short. */
  private static double average(int events) throws IOException {
    int repeats = Math.min(REPEATS, MOST / events);
    double sum = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
      sum += millis(events);
    }
    return sum / repeats;
  }

  private static double millis(int events) throws IOException {
    var world = new World();
    world.consumeEvents("\"anonymous_id\":\"" + VISITOR + "\"", events);
    var answer = World.call(new IdentifyHandler(world.wiring()), World.event("identify"));
    if (!answer.contains("\"statusCode\":200")) {
      throw new IllegalStateException(answer);
    }
    // What the making of the world left behind is not the backfill's.
    System.gc();
    long began = System.nanoTime();
    world.consume(world.records().getFirst());
    double took = (System.nanoTime() - began) / 1e6;
    world.checkComplete(new WebsiteId("demo"), new AnonymousId(VISITOR));
    return took;
  }
}
