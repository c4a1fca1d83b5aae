package crowd.local.command;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** All commands; those of the build live in the script itself. */
@Command(
    name = "crowd",
    description = "Turns anonymous clicks into one true profile per person.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DevCommand.class,
      SiteCommand.class,
      KeyCommand.class,
      QuarantineCommand.class,
      AuditCommand.class,
      InvokeCommand.class,
      DeployCommand.class,
      CheckCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Of the script itself:",
      "  test [unit|integration|runtime|browser]",
      "                           Runs the tests and says how many ran.",
      "  format                   Formats the code.",
      "  package                  Makes functions/target/functions.jar, to deploy.",
      "  package native-jvm       Makes a zip with a Java of its own, to deploy.",
      "  bench [NAME [ROUNDS]]    Measures how fast it is."
    })
public final class Commands implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private Commands() {}

  public static CommandLine line() {
    var line =
        new CommandLine(new Commands())
            .setExecutionExceptionHandler(new Complaints())
            .setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(LocalDate.class, Commands::day);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Shows this help.")
                .build());
    return line;
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      throw new TypeConversionException("'" + text + "' is not a day, as in 2026-11-25");
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
