package crowd.bench.scale;

import crowd.bench.Bench;
import crowd.bench.report.Figures;
import crowd.bench.report.Goal;
import crowd.bench.report.Result;
import crowd.bench.report.Table;
import crowd.functions.users.UsersHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A page of a long history, held against one of a short one. */
public final class TimelinePage implements Bench {

  private static final int SHORT = 1_000;
  private static final int LONG = 1_000_000;
  private static final int READS = 200;
  private static final Pattern CURSOR = Pattern.compile("next_cursor\\\\?\":\\\\?\"([^\"\\\\]+)");

  @Override
  public String name() {
    return "timeline";
  }

  @Override
  public String about() {
    return "a page of a history of a million events, to one of a thousand";
  }

  @Override
  public int rounds() {
    return 10;
  }

  private record Reader(UsersHandler users, String first, String second) {

    static Reader of(int events) throws IOException {
      var world = new World();
      world.consumeEvents("\"user_id\":\"user_123\"", events);
      var users = new UsersHandler(world.wiring());
      var first = World.event("user-events").replace("\"limit\": \"20\"", "\"limit\": \"50\"");
      var cursor = CURSOR.matcher(World.call(users, first));
      if (!cursor.find()) {
        throw new IllegalStateException("no second page");
      }
      var second =
          first.replace(
              "\"limit\": \"50\"", "\"limit\": \"50\", \"cursor\": \"" + cursor.group(1) + "\"");
      return new Reader(users, first, second);
    }

    /** Microseconds. */
    double read(String page) throws IOException {
      long began = System.nanoTime();
      for (int read = 0; read < READS; read++) {
        var answer = World.call(users, page);
        if (!answer.contains("m-")) {
          throw new IllegalStateException(answer);
        }
      }
      return (System.nanoTime() - began) / 1e3 / READS;
    }
  }

  @Override
  public Result run(int rounds) throws IOException {
    var small = Reader.of(SHORT);
    var large = Reader.of(LONG);
    List<Double> shortFirst = new ArrayList<>();
    List<Double> shortSecond = new ArrayList<>();
    List<Double> longFirst = new ArrayList<>();
    List<Double> longSecond = new ArrayList<>();
    // The first two are the compiler's.
    for (int round = -2; round < rounds; round++) {
      double one = small.read(small.first());
      double two = large.read(large.first());
      double three = small.read(small.second());
      double four = large.read(large.second());
      if (round >= 0) {
        shortFirst.add(one);
        longFirst.add(two);
        shortSecond.add(three);
        longSecond.add(four);
      }
    }
    return new Result(
        List.of(
            new Table(
                "A page of fifty events",
                List.of("history", "newest page, µs", "the next, µs"),
                List.of(
                    row(SHORT + " events", shortFirst, shortSecond),
                    row(LONG + " events", longFirst, longSecond)))),
        List.of(
            new Goal(
                "timeline-newest",
                Figures.median(longFirst) / Figures.median(shortFirst),
                "x-short",
                2),
            new Goal(
                "timeline-next",
                Figures.median(longSecond) / Figures.median(shortSecond),
                "x-short",
                2)),
        List.of("On a table in memory, by the users function, JSON and all."),
        List.of());
  }

  private static List<String> row(String name, List<Double> first, List<Double> second) {
    return List.of(name, Figures.of(Figures.median(first)), Figures.of(Figures.median(second)));
  }
}
