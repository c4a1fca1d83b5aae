package crowd.local.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The package kinesis-local of npm, installed into a folder of its own by a lock file of ours.
 *
 * @param folder where it is installed
 */
record KinesisLocalPackage(Path folder) {

  /** As in {@code package.json}. */
  private static final String NAME = "kinesis-local-0.6.2";

  private static final int NODE = 20;
  private static final Pattern NODE_VERSION = Pattern.compile("v(\\d+)\\..*");

  /**
   * @throws ToolMissingException if Node is missing
   * @throws IOException if the package cannot be installed
   */
  static KinesisLocalPackage in(Path tools) throws IOException, InterruptedException {
    checkNode();
    var installed = new KinesisLocalPackage(tools.toAbsolutePath().resolve(NAME));
    if (!Files.exists(installed.main())) {
      installed.install();
    }
    // Ours, and not npm's: always the one of this build.
    copy("loopback.cjs", installed.folder());
    return installed;
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

  /** Installs beside the place, and moves it there whole: a cut install is never taken for one. */
  private void install() throws IOException, InterruptedException {
    Files.createDirectories(folder.getParent());
    var fresh = Files.createTempDirectory(folder.getParent(), NAME + "-");
    try {
      copy("package.json", fresh);
      copy("package-lock.json", fresh);
      var npm = run(fresh, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      if (npm.exit() != 0) {
        throw new IOException("kinesis-local could not be installed by npm: " + npm.output());
      }
      if (Files.exists(folder)) {
        delete(folder);
      }
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(fresh);
    }
  }

  private static void checkNode() throws IOException, InterruptedException {
    var version = run(Path.of("").toAbsolutePath(), "node", "--version").output();
    var number = NODE_VERSION.matcher(version);
    if (!number.matches() || Integer.parseInt(number.group(1)) < NODE) {
      throw missingNode("this is " + version);
    }
  }

  private static ToolMissingException missingNode(String found) {
    return new ToolMissingException(
        "the Kinesis emulator needs Node "
            + NODE
            + " or later, "
            + found
            + ": get it from https://nodejs.org, or run without --kinesis");
  }

  private record Ended(int exit, String output) {}

  private static Ended run(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(command))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw missingNode("and there is no " + command[0] + " on the PATH");
    }
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output.strip().replaceAll("\\s+", " "));
  }

  private static void copy(String name, Path folder) throws IOException {
    try (var resource = KinesisLocalPackage.class.getResourceAsStream(name)) {
      Files.copy(
          Objects.requireNonNull(resource, name),
          folder.resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
