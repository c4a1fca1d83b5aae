package crowd.bench.jmh;

import crowd.bench.Bench;
import crowd.bench.report.Figures;
import crowd.bench.report.Result;
import crowd.bench.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The pure parts under JMH, with the compiler that Lambda has, and only that. */
public final class Jmh implements Bench {

  @Override
  public String name() {
    return "jmh";
  }

  @Override
  public String about() {
    return "validation, keys, codecs and the join of traits under JMH";
  }

  @Override
  public int rounds() {
    return 5;
  }

  @Override
  public Result run(int rounds) throws IOException {
    var options =
        new OptionsBuilder()
            .include(PureParts.class.getName())
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(rounds)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgs("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m")
            .build();
    var rows = new ArrayList<List<String>>();
    try {
      for (var run : new Runner(options).run()) {
        var score = run.getPrimaryResult();
        var name = score.getLabel();
        rows.add(List.of(name, Figures.of(score.getScore()), Figures.of(score.getScoreError())));
      }
    } catch (RunnerException e) {
      throw new IOException(e);
    }
    return new Result(
        List.of(
            new Table("Pure parts, first compiler alone", List.of("", "µs", "± (99.9 %)"), rows)),
        List.of(),
        List.of(),
        List.of());
  }
}
