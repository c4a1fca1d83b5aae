package crowd.local.faults;

import crowd.local.surface.Stage;
import crowd.local.template.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

/**
 * Random histories through the whole product, while the way to DynamoDB loses, delays, refuses and
 * breaks requests. When all was acknowledged the way is steady again, and once nothing waits any
 * more the end is judged: then, and once more when the whole stream was read a second time.
 */
public final class FaultyStore {

  /** Histories that come to rest together. */
  private static final int ROUND = 10;

  /** Histories on one table, which each round is looked through as a whole. */
  private static final int ON_ONE_STAGE = 20 * ROUND;

  private final Template template;
  private final Findings findings = new Findings();
  private final Map<StoreFault, Integer> faults = new EnumMap<>(StoreFault.class);
  private int repeats;

  private FaultyStore(Template template) {
    this.template = template;
  }

  /**
   * What came of many histories.
   *
   * @param faults how often each kind was met
   * @param repeats requests that were sent again since they were not acknowledged
   */
  public record Result(List<String> violations, Map<StoreFault, Integer> faults, int repeats) {}

  /** Runs the histories of so many seeds from the first on. */
  public static Result run(Template template, long first, long size)
      throws IOException, InterruptedException {
    var run = new FaultyStore(template);
    for (long done = 0; done < size; done += ON_ONE_STAGE) {
      run.onOneStage(first + done, first + Math.min(size, done + ON_ONE_STAGE));
    }
    return new Result(run.findings.all(), run.faults, run.repeats);
  }

  private void onOneStage(long from, long to) throws IOException, InterruptedException {
    var way = new AtomicReference<UnsteadyHttp>();
    try (var stage = Stage.start(template, http -> way.updateAndGet(_ -> new UnsteadyHttp(http)))) {
      var all = new ArrayList<Past>();
      for (long begin = from; begin < to; begin += ROUND) {
        all.addAll(round(stage, way.get(), begin, Math.min(to, begin + ROUND)));
      }
      way.get().counts().forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
      stage.replay();
      stage.settleDown();
      judge(stage, all);
    }
  }

  private List<Past> round(Stage stage, UnsteadyHttp http, long from, long to)
      throws InterruptedException {
    var round = new ArrayList<Past>();
    for (long seed : LongStream.range(from, to).toArray()) {
      var history = new SeededHistory(seed);
      http.unsettle(history.faultSeed(), history.faultRate());
      var clients = new Clients(history, stage, findings);
      round.add(clients.send());
      repeats += clients.repeats();
    }
    stage.consumeAll();
    stage.tryToReconcile();
    http.calm();
    stage.settleDown();
    judge(stage, round);
    return round;
  }

  private void judge(Stage stage, List<Past> histories) {
    var rules = new EndRules(stage, findings);
    histories.forEach(rules::check);
    rules.checkNothingWaits();
  }
}
