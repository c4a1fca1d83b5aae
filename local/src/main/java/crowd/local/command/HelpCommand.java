package crowd.local.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "help", description = "Shows how a command is used.", helpCommand = true)
final class HelpCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "COMMAND", arity = "0..1")
  private String command = "";

  @Override
  public void run() {
    var crowd = spec.parent().commandLine();
    var about =
        command.isEmpty()
            ? crowd
            : Optional.ofNullable(crowd.getSubcommands().get(command))
                .orElseThrow(() -> new Complaint("no command " + command + "; see ./crowd help"));
    about.usage(crowd.getOut());
  }
}
