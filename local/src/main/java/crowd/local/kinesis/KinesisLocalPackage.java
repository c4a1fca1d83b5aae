package crowd.local.kinesis;

import crowd.local.npm.NpmFolder;
import crowd.local.npm.ToolMissingException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The package kinesis-local of npm.
 *
 * @param folder where it is installed
 */
record KinesisLocalPackage(Path folder) {

  /** As in {@code package.json}. */
  private static final String NAME = "kinesis-local-0.6.2";

  /**
   * @throws ToolMissingException if Node is missing
   * @throws IOException if the package cannot be installed
   */
  static KinesisLocalPackage in(Path tools) throws IOException, InterruptedException {
    try {
      var installed = NpmFolder.in(tools, NAME, KinesisLocalPackage.class);
      installed.with("loopback.cjs");
      return new KinesisLocalPackage(installed.path());
    } catch (ToolMissingException e) {
      throw new ToolMissingException(
          "the Kinesis emulator cannot be started: "
              + e.getMessage()
              + ", or run without --kinesis");
    }
  }

  Path main() {
    return folder.resolve("node_modules/kinesis-local/main.js");
  }

  Path certificate() {
    return folder.resolve("node_modules/kinesis-local/server.json");
  }

  Path loopback() {
    return folder.resolve("loopback.cjs");
  }
}
