package crowd.local.command;

import crowd.local.dev.DirectWiring;
import crowd.local.dev.LocalTable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    description =
        "Checks what was derived for the people seen lately and mends it, whether the local run is running or not.")
final class AuditCommand implements Callable<Integer> {

  private static final Duration TIME = Duration.ofMinutes(10);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  /** 1 if anything was found. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var table = LocalTable.of(data.path())) {
      var deadline = InstantSource.system().instant().plus(TIME);
      var report = DirectWiring.on(table.store()).audit().run(deadline);
      say("people", report.people());
      say("events", report.events());
      report
          .found()
          .forEach(
              (finding, n) -> say(finding.name().toLowerCase(Locale.ROOT).replace('_', ' '), n));
      if (!report.isComplete()) {
        spec.commandLine().getOut().println("the time was up; the next audit goes on from there");
      }
      return report.found().values().stream().allMatch(n -> n == 0) ? 0 : 1;
    }
  }

  private void say(String what, long n) {
    spec.commandLine().getOut().printf(Locale.ROOT, "%-18s %8d%n", what, n);
  }
}
