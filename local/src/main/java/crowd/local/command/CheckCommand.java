package crowd.local.command;

import crowd.local.check.Check;
import crowd.local.check.Checks;
import crowd.local.check.ReplayableCheck;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = "Measures a figure of quality and says whether it is good enough.")
final class CheckCommand implements Callable<Integer> {

  private static final String ALL = "all";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Without one: lists all checks. \"all\": each of them, one after the other.")
  private String name = "";

  @Parameters(
      paramLabel = "SIZE",
      arity = "0..1",
      description = "How much of it; without one: what every change has to pass.")
  private long size;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Runs one seed again and says what it breaks, in its smallest form.")
  private @Nullable Long seed;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      description = "The first of SIZE seeds; without it: the ones that every change has to pass.")
  private @Nullable Long first;

  @Override
  public Integer call() {
    if (name.isEmpty()) {
      list();
      return 0;
    }
    if (size < 0) {
      throw new Complaint("SIZE is a positive number");
    }
    return name.equals(ALL) ? measureAll() : measure(find());
  }

  private void list() {
    var out = spec.commandLine().getOut();
    out.printf("%-12s %9s  %s%n", "NAME", "CI SIZE", "WHAT IT LOOKS FOR");
    Checks.ALL.forEach(
        check -> out.printf("%-12s %9d  %s%n", check.name(), check.ciSize(), check.about()));
  }

  private Check find() {
    return Checks.ALL.stream()
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Complaint("no check " + name + "; ./crowd check lists them"));
  }

  /** Each, whatever the ones before came to: a red one says less alone than beside the others. */
  private int measureAll() {
    if (size != 0 || seed != null || first != null) {
      throw new Complaint("check all has no SIZE, no --seed and no --from");
    }
    int exit = 0;
    for (var check : Checks.ALL) {
      exit = Math.max(exit, measure(check));
    }
    return exit;
  }

  private int measure(Check check) {
    long began = System.nanoTime();
    var figure = figure(check);
    System.err.printf("%s: %.1f s%n", check.name(), (System.nanoTime() - began) / 1e9);
    var out = spec.commandLine().getOut();
    out.println(
        String.join(
            " ", check.name(), figure.value(), figure.unit(), figure.passed() ? "PASS" : "FAIL"));
    out.flush();
    return figure.passed() ? 0 : 1;
  }

  private Check.Figure figure(Check check) {
    long measured = size == 0 ? check.ciSize() : size;
    if (seed != null) {
      return replayable(check, "--seed").replay(seed);
    }
    return first == null ? check.run(measured) : replayable(check, "--from").run(first, measured);
  }

  private static ReplayableCheck replayable(Check check, String option) {
    if (check instanceof ReplayableCheck replayable) {
      return replayable;
    }
    throw new Complaint("check " + check.name() + " has no " + option);
  }
}
