package crowd.local.deploy;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.python.PinnedTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * SAM's deployment of a stage, with the account that the environment names.
 *
 * @param root of the project
 */
public record Deployment(Path root, Stage stage) {

  /** What is missing to reach an account, in one line. */
  public Optional<String> missing() throws IOException, InterruptedException {
    var program = PinnedTools.SAM.installed(root).folder().resolve("bin").resolve("account.py");
    Files.writeString(program, text("account.py"));
    var said = output(PinnedTools.SAM.installed(root).command("account.py", List.of()));
    return said.isBlank() ? Optional.empty() : Optional.of(said.strip());
  }

  /**
   * Before a person, whom SAM may ask.
   *
   * @return how it ended
   */
  public int deploy() throws IOException, InterruptedException {
    return run(
        PinnedTools.SAM
            .installed(root)
            .command("sam", List.of("deploy", "--config-env", stage.name())));
  }

  /** Runs a command of the project's own script before a person. */
  public int crowd(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(root.resolve("crowd").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** The table's name, once it is deployed. */
  public Optional<String> table() throws IOException, InterruptedException {
    var said =
        output(
            PinnedTools.SAM
                .installed(root)
                .command(
                    "sam",
                    List.of(
                        "list",
                        "stack-outputs",
                        "--stack-name",
                        stage.stack(),
                        "--output",
                        "json")));
    return said.startsWith("[") ? table(JsonReader.readOwn(said)) : Optional.empty();
  }

  static Optional<String> table(Json outputs) {
    if (outputs instanceof Json.Arr(var values)) {
      for (var value : values) {
        if (value instanceof Json.Obj output
            && output.text("OutputKey").filter("TableName"::equals).isPresent()) {
          return output.text("OutputValue");
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The stage's template in a change set of an emulator, and what would be created, as text.
   *
   * @return how it ended
   */
  public int dryRun(Appendable out) throws IOException, InterruptedException {
    var arguments = new ArrayList<String>();
    arguments.add(root.resolve("template.yaml").toString());
    arguments.add(stage.stack());
    arguments.addAll(stage.parameters());
    var ended =
        PinnedTools.MOTO
            .installed(root)
            .runOurs(
                "dryrun.py",
                text("dryrun.py"),
                arguments,
                Map.of("AWS_DEFAULT_REGION", "eu-central-1", "PYTHONWARNINGS", "ignore"));
    for (var line : ended.lines()) {
      out.append(line).append(System.lineSeparator());
    }
    return ended.exit();
  }

  private int run(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor();
  }

  private String output(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectError(Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static String text(String file) {
    try (var resource = Deployment.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(resource, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
