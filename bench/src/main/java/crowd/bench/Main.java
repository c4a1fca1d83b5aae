package crowd.bench;

import crowd.bench.report.Goal;
import crowd.bench.report.Report;
import crowd.bench.report.Result;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where {@code ./crowd bench} hands over to Java. */
public final class Main {

  private static final String ALL = "all";

  private Main() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 0) {
      Benches.ALL.forEach(bench ->
          System.out.printf("%-10s %4d  %s%n", bench.name(), bench.rounds(), bench.about()));
      return;
    }
    var rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    System.exit(arguments[0].equals(ALL) ? all(rounds) : one(arguments[0], rounds));
  }

  private static int one(String name, int rounds) throws IOException, InterruptedException {
    for (var bench : Benches.ALL) {
      if (bench.name().equals(name)) {
        return print(bench.run(rounds == 0 ? bench.rounds() : rounds));
      }
    }
    System.err.println("crowd: no bench " + name + "; ./crowd bench lists them");
    return 2;
  }

  private static int all(int rounds) throws IOException, InterruptedException {
    Map<String, Result> results = new LinkedHashMap<>();
    int exit = 0;
    for (var bench : Benches.ALL) {
      var result = bench.run(rounds == 0 ? bench.rounds() : rounds);
      results.put(bench.name(), result);
      exit = Math.max(exit, print(result));
    }
    new Report(results).write(Root.file("docs"));
    return exit;
  }

  private static int print(Result result) {
    for (var table : result.tables()) {
      System.out.println(table.title());
      System.out.println(table.markdown());
    }
    result.notes().forEach(System.out::println);
    result.goals().forEach(goal -> System.out.println(goal.line()));
    return result.goals().stream().allMatch(Goal::isMet) ? 0 : 1;
  }
}
