package crowd.local.python;

import crowd.local.npm.ToolMissingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Packages of Python in a virtual environment of their own, of the versions that a file of ours
 * names.
 *
 * @param folder of the virtual environment
 */
public record PythonTools(Path folder) {

  /** Written last: without it, whatever is there was cut short. */
  private static final String WHOLE = "crowd-requirements.txt";

  private static final List<String> NAMES =
      List.of("python3", "python3.14", "python3.13", "python3.12");

  /**
   * @param exit 0 if the program found nothing
   * @param lines of what it printed
   */
  public record Ended(int exit, List<String> lines) {

    public Ended {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Installs what is not there yet.
   *
   * @param requirements a line for each package, as {@code pip freeze} prints them
   * @param minor of Python 3, the oldest that will do
   * @throws ToolMissingException if Python is missing
   * @throws IOException if the packages cannot be installed
   */
  static PythonTools in(Path folder, String requirements, int minor)
      throws IOException, InterruptedException {
    var tools = new PythonTools(folder.toAbsolutePath());
    var whole = tools.folder.resolve(WHOLE);
    if (!Files.exists(whole) || !Files.readString(whole).equals(requirements)) {
      tools.install(requirements, minor);
      Files.writeString(whole, requirements);
    }
    return tools;
  }

  private void install(String requirements, int minor) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var python = python(minor);
    Files.deleteIfExists(folder.resolve(WHOLE));
    must(List.of(python, "-m", "venv", "--clear", "."));
    Files.writeString(folder.resolve("asked.txt"), requirements);
    must(
        List.of(
            folder.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
            "asked.txt"));
  }

  /** The first that is new enough: by its usual names, then where pyenv keeps them. */
  private String python(int minor) throws IOException, InterruptedException {
    var candidates = new ArrayList<>(NAMES);
    var pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    if (Files.isDirectory(pyenv)) {
      try (var versions = Files.list(pyenv)) {
        versions
            .sorted()
            .map(version -> version.resolve("bin/python3").toString())
            .forEach(candidates::add);
      }
    }
    var isOldOrPoor =
        "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, %d))".formatted(minor);
    for (var candidate : candidates) {
      try {
        if (run(List.of(candidate, "-c", isOldOrPoor), Map.of()).exit() == 0) {
          return candidate;
        }
      } catch (IOException _) {
        // There is none of this name.
      }
    }
    throw new ToolMissingException(
        ("Python 3.%d or later with venv is needed: apt-get install python3-venv,"
                + " brew install python, or https://python.org")
            .formatted(minor));
  }

  private void must(List<String> command) throws IOException, InterruptedException {
    var ended = run(command, Map.of());
    if (ended.exit() != 0) {
      throw new IOException(
          folder.getFileName() + " could not be installed: " + String.join(" ", ended.lines()));
    }
  }

  /**
   * Runs one of the programs, in the environment's own folder and with what is given of the
   * environment's variables; those of AWS are not handed on.
   */
  public Ended run(String program, List<String> arguments, Map<String, String> variables)
      throws IOException, InterruptedException {
    return run(command(program, arguments), variables);
  }

  /**
   * Runs a program of ours in the environment, as {@link #run(String, List, Map)} does one of its
   * own.
   *
   * @param source what it is
   */
  public Ended runOurs(
      String name, String source, List<String> arguments, Map<String, String> variables)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("bin").resolve(name), source);
    return run(name, arguments, variables);
  }

  /**
   * The command for one of the programs, for who runs it in another folder, with the environment's
   * own variables, or before a person.
   */
  public List<String> command(String program, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(folder.resolve("bin/python").toString());
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private Ended run(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(variables);
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output.lines().filter(line -> !line.isBlank()).toList());
  }
}
