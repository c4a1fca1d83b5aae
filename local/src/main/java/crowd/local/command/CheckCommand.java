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

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Without one: lists all checks.")
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

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    if (name.isEmpty()) {
      Checks.ALL.forEach(check -> out.printf("%-12s  %s%n", check.name(), check.about()));
      return 0;
    }
    var check =
        Checks.ALL.stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new Complaint("no check " + name + "; ./crowd check lists them"));
    if (size < 0) {
      throw new Complaint("SIZE is a positive number");
    }
    Check.Figure figure = measure(check);
    out.println(
        check.name()
            + " "
            + figure.value()
            + " "
            + figure.unit()
            + " "
            + (figure.passed() ? "PASS" : "FAIL"));
    return figure.passed() ? 0 : 1;
  }

  private Check.Figure measure(Check check) {
    if (seed == null) {
      return check.run(size == 0 ? check.gateSize() : size);
    }
    if (check instanceof ReplayableCheck replayable) {
      return replayable.replay(seed);
    }
    throw new Complaint("check " + check.name() + " has no --seed");
  }
}
