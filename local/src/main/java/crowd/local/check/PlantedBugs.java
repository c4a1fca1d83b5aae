package crowd.local.check;

import crowd.simulation.mutant.Expectation;
import crowd.simulation.mutant.Hunt;
import crowd.simulation.mutant.Hunt.Tried;
import crowd.simulation.mutant.Mutants;
import crowd.simulation.mutant.Verdict;
import java.nio.file.Path;
import java.util.List;

/**
 * The product with a bug planted in it, many times over: whether the simulation finds it. Runs in a
 * checkout only, whose sources are what is running. Size: histories that a bug may survive.
 */
final class PlantedBugs implements Check {

  private static final int THREADS = 2;

  @Override
  public String name() {
    return "mutants";
  }

  @Override
  public String about() {
    return "bugs planted in the core that the simulation does not find";
  }

  @Override
  public long ciSize() {
    return 300_000;
  }

  @Override
  public Figure run(long size) {
    var root = Path.of(System.getProperty("crowd.root", "."));
    var hunt = new Hunt(root, 0, size);
    var cases =
        Mutants.ALL.stream().map(Expectation::cases).flatMap(List::stream).distinct().toList();
    var tried = hunt.run(cases, THREADS);
    tried.forEach(PlantedBugs::print);
    long survivors = tried.stream().filter(one -> !one.isAsExpected()).count();
    return new Figure(survivors + "/" + cases.size(), "survivors", survivors == 0);
  }

  private static void print(Tried tried) {
    System.err.printf(
        "%-4s %-56s %s%n",
        tried.isAsExpected() ? "" : "BAD", tried.of().mutant().name(), said(tried.verdict()));
  }

  private static String said(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Killed(var histories, var what) ->
          "%7d histories, seed %s".formatted(histories, cut(what));
      case Verdict.Survived(var histories) -> "%7d histories, nothing found".formatted(histories);
      case Verdict.Unfit(var why) -> why;
    };
  }

  private static String cut(String text) {
    return text.length() <= 140 ? text : text.substring(0, 139) + "…";
  }
}
