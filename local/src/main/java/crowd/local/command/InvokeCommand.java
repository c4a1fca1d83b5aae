package crowd.local.command;

import crowd.local.dev.SingleCall;
import crowd.local.function.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "invoke",
    description =
        "Calls one function with an event and shows its answer: on the data of the local run while it runs, else on none.")
final class InvokeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FUNCTION", description = "As in identify, consumer.")
  private String function = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "As in events/identify.json.")
  private Path file = Path.of("");

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    var template = Place.template();
    var resource =
        template
            .function(function)
            .orElseThrow(() ->
                new Complaint(
                    "no function "
                        + function
                        + "; there are: "
                        + template.functions().values().stream()
                            .map(candidate -> candidate.feature())
                            .sorted()
                            .collect(Collectors.joining(", "))));
    var event = Files.readString(file);
    return switch (SingleCall.of(resource, event, data.path())) {
      case Invocation.Answered(var payload) -> {
        spec.commandLine().getOut().println(payload);
        yield 0;
      }
      case Invocation.Failed(var cause) ->
          throw new Complaint(resource.name() + " failed: " + cause);
      case Invocation.TimedOut() -> throw new Complaint(resource.name() + " ran out of its time");
    };
  }
}
