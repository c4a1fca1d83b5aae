package crowd.local.npm;

import crowd.local.folder.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Packages of npm, installed into a folder of their own by a lock file of ours.
 *
 * @param path where they are installed
 * @param owner beside which {@code package.json}, {@code package-lock.json} and more files lie
 */
public record NpmFolder(Path path, Class<?> owner) {

  private static final int NODE = 20;
  private static final Pattern NODE_VERSION = Pattern.compile("v(\\d+)\\..*");

  /**
   * Installs what is not there yet.
   *
   * @param tools where all such folders are
   * @param name of the folder; another one for each lock file
   * @throws ToolMissingException if Node is missing
   * @throws IOException if the packages cannot be installed
   */
  public static NpmFolder in(Path tools, String name, Class<?> owner)
      throws IOException, InterruptedException {
    checkNode();
    var folder = new NpmFolder(tools.toAbsolutePath().resolve(name), owner);
    if (!Files.exists(folder.path.resolve("node_modules"))) {
      folder.install();
    }
    return folder;
  }

  /**
   * A file of ours, and not npm's: always the one of this build. Who reads it meanwhile finds the
   * one of before, or this.
   */
  public void with(String file) throws IOException {
    var fresh = Files.createTempDirectory(path, "fresh-");
    try {
      copy(file, fresh);
      Files.move(fresh.resolve(file), path.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(fresh);
    }
  }

  /** Installs beside the place, and moves it there whole: a cut install is never taken for one. */
  private void install() throws IOException, InterruptedException {
    Files.createDirectories(path.getParent());
    var fresh = Files.createTempDirectory(path.getParent(), path.getFileName() + "-");
    try {
      copy("package.json", fresh);
      copy("package-lock.json", fresh);
      var npm = run(fresh, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      if (npm.exit() != 0) {
        throw new IOException(
            path.getFileName() + " could not be installed by npm: " + npm.output());
      }
      Folders.delete(path);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(fresh);
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
        "Node " + NODE + " or later is needed, " + found + ": get it from https://nodejs.org");
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

  private void copy(String name, Path folder) throws IOException {
    try (var resource = owner.getResourceAsStream(name)) {
      Files.copy(
          Objects.requireNonNull(resource, name),
          folder.resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
