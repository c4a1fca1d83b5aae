package crowd.local.command;

import crowd.local.check.Checks;
import crowd.local.deploy.Deployment;
import crowd.local.deploy.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "deploy",
    description = "Checks the template, builds the jar and deploys both with SAM.",
    footer = {"", "The stages are those of samconfig.toml. Needs an AWS account; SAM is fetched."})
final class DeployCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "STAGE", description = "dev or prod")
  private String name = "";

  @Option(
      names = "--dry-run",
      description =
          "Deploys nothing and needs no account: says what CloudFormation would create, by an emulator.")
  private boolean isDryRun;

  @Option(names = "--tests", description = "Runs all tests before.")
  private boolean withTests;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var root = Place.project();
    var stages = Stage.in(Files.readString(root.resolve("samconfig.toml")));
    var stage = stages.get(name);
    if (stage == null) {
      throw new Complaint(
          "no stage "
              + name
              + " in samconfig.toml, which has "
              + String.join(", ", stages.keySet()));
    }
    var deployment = new Deployment(root, stage);
    if (isDryRun) {
      int exit = deployment.dryRun(spec.commandLine().getOut());
      spec.commandLine().getOut().flush();
      return exit;
    }
    var missing = deployment.missing();
    if (missing.isPresent()) {
      throw new Complaint(missing.get());
    }
    check();
    must(deployment.crowd("package"), "the jar could not be built");
    if (withTests) {
      must(deployment.crowd("test"), "a test failed");
    }
    must(deployment.deploy(), "SAM did not deploy it; what it said is above");
    var table = deployment.table().orElse("TABLE");
    spec.commandLine()
        .getOut()
        .printf(
            """

            Deployed. A website of yours, and a key for its servers:

              ./crowd site add SHOP --origin https://shop.example --table %1$s
              ./crowd key create SHOP --table %1$s
            """,
            table);
    return 0;
  }

  private static void check() {
    for (var check : Checks.ALL) {
      if (check.name().equals("iac") && !check.run(check.ciSize()).passed()) {
        throw new Complaint("the template has mistakes; what they are is above");
      }
    }
  }

  private static void must(int exit, String complaint) {
    if (exit != 0) {
      throw new Complaint(complaint);
    }
  }
}
