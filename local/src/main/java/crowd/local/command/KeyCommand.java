package crowd.local.command;

import crowd.core.website.KeyRole;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "key",
    description =
        "Keys of a website of the local run, whether it is running or not, or of a deployed table.")
final class KeyCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TableOption tables = new TableOption();

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  @Command(description = "Makes a key and shows it, which cannot be done again.")
  void create(
      @Parameters(paramLabel = "WEBSITE") String website,
      @Option(names = "--read", description = "One that reads users and does nothing else.")
          boolean read)
      throws IOException, InterruptedException {
    try (var table = tables.open()) {
      var key =
          SiteCommand.admin(table)
              .createKey(SiteCommand.websiteId(website), read ? KeyRole.READ : KeyRole.SERVER)
              .orElseThrow(
                  () -> new Complaint("no website " + website + "; see ./crowd site list"));
      out().println(key.reveal());
    }
  }

  @Command(description = "Lists the keys of a website.")
  void list(@Parameters(paramLabel = "WEBSITE") String website)
      throws IOException, InterruptedException {
    try (var table = tables.open()) {
      for (var key : SiteCommand.admin(table).keys(SiteCommand.websiteId(website))) {
        out()
            .printf(
                "%-8s  %-6s  %-7s  %s%n",
                key.id(), key.role().word(), key.state().word(), key.createdAt());
      }
    }
  }

  @Command(description = "Revokes a key, for good; in force within a minute.")
  void revoke(
      @Parameters(paramLabel = "WEBSITE") String website,
      @Parameters(paramLabel = "KEY-ID", description = "As ./crowd key list shows it.")
          String keyId)
      throws IOException, InterruptedException {
    try (var table = tables.open()) {
      if (!SiteCommand.admin(table).revokeKey(SiteCommand.websiteId(website), keyId)) {
        throw new Complaint("website " + website + " has no key " + keyId);
      }
    }
    out().println("revoked " + keyId);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
