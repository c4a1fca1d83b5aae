package crowd.bench.cold;

import crowd.bench.cloud.CloudStub;
import crowd.bench.handler.Timed;
import crowd.bench.report.Figures;
import crowd.bench.runtime.CpuShare;
import crowd.bench.runtime.Instance;
import crowd.bench.runtime.Instance.FirstCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Fresh processes of each in turn, so that what else the machine does meets all alike. */
final class Race {

  private final Map<String, List<FirstCall>> starts = new LinkedHashMap<>();

  /**
   * @param rounds in each of which everybody starts once, another one first each time
   */
  static Race run(CloudStub stub, List<Contestant> contestants, CpuShare share, int rounds)
      throws IOException, InterruptedException {
    var race = new Race();
    contestants.forEach(one -> race.starts.put(one.name(), new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        var one = contestants.get((round + i) % contestants.size());
        stub.use(one.cloud().player());
        try (var instance = Instance.start(one.launch(), share, one.event())) {
          race.of(one.name()).add(instance.firstCall(one.expected()));
        }
      }
      System.err.print(".");
    }
    System.err.println();
    return race;
  }

  private List<FirstCall> of(String name) {
    return starts.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  double total(String name) {
    return median(name, FirstCall::total);
  }

  double init(String name) {
    return median(name, FirstCall::init);
  }

  double call(String name) {
    return median(name, FirstCall::call);
  }

  double cpu(String name) {
    return median(name, FirstCall::cpu);
  }

  /**
   * How many times as long one took as another: the median of what it was in each round, so that a
   * slow minute of the machine meets both.
   */
  double ratio(String name, String floor) {
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < of(name).size(); round++) {
      ratios.add(millis(of(name).get(round).total()) / millis(of(floor).get(round).total()));
    }
    return Figures.median(ratios);
  }

  /** How far the middle half is apart. */
  double spread(String name) {
    var totals = of(name).stream().map(call -> millis(call.total())).toList();
    return Figures.quantile(totals, 0.75) - Figures.quantile(totals, 0.25);
  }

  /** What one that says so spent on its logs and metrics. */
  double reporting(String name) {
    return median(name, call -> Duration.ofNanos(Timed.nanosOf(call.answer())));
  }

  private double median(String name, Function<FirstCall, Duration> part) {
    return Figures.median(of(name).stream().map(call -> millis(part.apply(call))).toList());
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
