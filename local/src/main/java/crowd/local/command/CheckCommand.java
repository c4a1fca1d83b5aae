package crowd.local.command;

import crowd.local.check.Check;
import crowd.local.check.Checks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
    Check.Figure figure = check.run(size == 0 ? check.gateSize() : size);
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
}
