package crowd.local.check;

import crowd.local.python.PinnedTools;
import crowd.local.python.PythonTools;
import crowd.local.template.TemplateRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What four readers find in template.yaml: our own rules, which know the code; SAM's plain
 * validation, and the one with cfn-lint, which find different mistakes; cfn-lint with all its
 * rules; checkov, which knows what is safe. None of them needs an account or, once installed, a
 * network.
 *
 * <p>What checkov is told to leave is in {@code .checkov.yaml}, each with its reason. Each of the
 * three programs also reads a copy with mistakes planted in it, and has to name every one: a reader
 * that finds nothing because it reads nothing is found out.
 */
final class Iac implements Check {

  /** Whoever is asked for credentials is given these, which open nothing. */
  private static final Map<String, String> NO_ACCOUNT =
      Map.of(
          "AWS_REGION", "eu-central-1",
          "AWS_DEFAULT_REGION", "eu-central-1",
          "AWS_ACCESS_KEY_ID", "none",
          "AWS_SECRET_ACCESS_KEY", "none",
          "AWS_EC2_METADATA_DISABLED", "true",
          "AWS_CONFIG_FILE", "none",
          "AWS_SHARED_CREDENTIALS_FILE", "none",
          "SAM_CLI_TELEMETRY", "0",
          "BC_SKIP_MAPPING", "TRUE");

  private static final Pattern LINT = Pattern.compile(".*:\\d+:\\d+:\\d+:\\d+:[A-Z]\\d+:.*");
  private static final Pattern CHECKOV = Pattern.compile("Check: CKV.*|Error parsing.*");
  private static final Pattern SAM = Pattern.compile("Error: .*|.*\\[?[EWI]\\d{4}\\b.*");

  private final Path root = Path.of(System.getProperty("crowd.root", ".")).toAbsolutePath();
  private final String template = root.resolve("template.yaml").toString();
  private int found;

  @Override
  public String name() {
    return "iac";
  }

  @Override
  public String about() {
    return "template.yaml read by our own rules, SAM, cfn-lint and checkov: mistakes";
  }

  @Override
  public long ciSize() {
    return 1;
  }

  @Override
  public Figure run(long size) {
    try {
      say("rules", TemplateRules.broken(Path.of(template)));
      var sam = PinnedTools.SAM.installed(root);
      read(sam, "sam", validate(template), SAM);
      read(sam, "sam", List.of("validate", "--lint", "--template", template), SAM);
      read(sam, "cfn-lint", lint(template), LINT);
      var checkov = PinnedTools.CHECKOV.installed(root);
      read(checkov, "checkov", check(template), CHECKOV);
      hunt(sam, "sam", this::validate, PlantedMistake.FOR_SAM);
      hunt(sam, "cfn-lint", this::lint, PlantedMistake.FOR_LINT);
      hunt(checkov, "checkov", this::check, PlantedMistake.FOR_CHECKOV);
      return new Figure(String.valueOf(found), "findings", found == 0);
    } catch (IOException e) {
      System.err.println("iac: " + e.getMessage());
      return new Figure("none", "findings", false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<String> validate(String file) {
    return List.of("validate", "--template", file);
  }

  private List<String> lint(String file) {
    return List.of("--include-checks", "I", "--format", "parseable", "--template", file);
  }

  private List<String> check(String file) {
    return List.of(
        "--file",
        file,
        "--config-file",
        root.resolve(".checkov.yaml").toString(),
        "--compact",
        "--quiet");
  }

  /**
   * @param finding a line that is one, if the program did not end well
   */
  private void read(PythonTools tools, String program, List<String> arguments, Pattern finding)
      throws IOException, InterruptedException {
    var ended = tools.run(program, arguments, NO_ACCOUNT);
    if (ended.exit() == 0) {
      System.err.println("iac: " + program + " " + arguments.getFirst() + ": nothing");
      return;
    }
    ended.lines().forEach(line -> System.err.println("  " + line));
    var findings = new ArrayList<String>();
    for (var line : ended.lines()) {
      if (finding.matcher(line).matches()) {
        findings.add(line);
      }
    }
    // A program that fails and says nothing that we know has found something all the same.
    say(program, findings.isEmpty() ? List.of("exit " + ended.exit()) : findings);
  }

  /**
   * Has a program read the template with mistakes in it; one that it does not name is a finding.
   */
  private void hunt(
      PythonTools tools,
      String program,
      Function<String, List<String>> arguments,
      List<PlantedMistake> mistakes)
      throws IOException, InterruptedException {
    var mistaken = tools.folder().resolve("mistaken.yaml");
    Files.writeString(
        mistaken, PlantedMistake.plant(mistakes, Files.readString(Path.of(template))));
    var said =
        String.join(
            "\n", tools.run(program, arguments.apply(mistaken.toString()), NO_ACCOUNT).lines());
    var unseen =
        mistakes.stream()
            .filter(mistake -> !said.contains(mistake.said()))
            .map(mistake -> "does not find " + mistake.name())
            .toList();
    System.err.println(
        "iac: %s: %d of %d planted mistakes found"
            .formatted(program, mistakes.size() - unseen.size(), mistakes.size()));
    unseen.forEach(line -> System.err.println("iac: " + program + ": " + line));
    found += unseen.size();
  }

  private void say(String reader, List<String> findings) {
    findings.forEach(line -> System.err.println("iac: " + reader + ": " + line));
    found += findings.size();
    if (findings.isEmpty()) {
      System.err.println("iac: " + reader + ": nothing");
    }
  }
}
