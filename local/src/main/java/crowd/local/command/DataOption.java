package crowd.local.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which local run a command is about. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The data folder of the local run (.crowd/data of the project).")
  private String folder = "";

  Path path() {
    return Place.data(folder);
  }
}
