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

  private static final String IS_NEW_ENOUGH =
      "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

  private static final String HOW_TO_GET_IT =
      "Python 3.10 or later with venv is needed: apt-get install python3-venv, brew install python,"
          + " or https://python.org";

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
   * @throws ToolMissingException if Python is missing
   * @throws IOException if the packages cannot be installed
   */
  public static PythonTools in(Path folder, String requirements)
      throws IOException, InterruptedException {
    var tools = new PythonTools(folder.toAbsolutePath());
    var whole = tools.folder.resolve(WHOLE);
    if (!Files.exists(whole) || !Files.readString(whole).equals(requirements)) {
      tools.install(requirements);
      Files.writeString(whole, requirements);
    }
    return tools;
  }

  private void install(String requirements) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try {
      if (run(List.of("python3", "-c", IS_NEW_ENOUGH), Map.of()).exit() != 0) {
        throw new ToolMissingException(HOW_TO_GET_IT);
      }
    } catch (ToolMissingException e) {
      throw e;
    } catch (IOException e) {
      throw new ToolMissingException(HOW_TO_GET_IT);
    }
    Files.deleteIfExists(folder.resolve(WHOLE));
    must(List.of("python3", "-m", "venv", "--clear", "."));
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
    var command = new ArrayList<String>();
    command.add(folder.resolve("bin/python").toString());
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return run(command, variables);
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
