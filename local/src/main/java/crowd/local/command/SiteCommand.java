package crowd.local.command;

import crowd.core.identity.IllegalIdException;
import crowd.core.identity.WebsiteId;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.core.website.WebsiteRegistry;
import crowd.local.dev.LocalTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "site", description = "Websites of the local run, whether it is running or not.")
final class SiteCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  @Command(description = "Adds a website.")
  void add(
      @Parameters(paramLabel = "NAME", description = "Its public id.") String name,
      @Option(
              names = "--origin",
              paramLabel = "ORIGIN",
              description =
                  "From which its pages may call, as in https://shop.example; may be repeated. Without one: every page on this machine.")
          List<String> origins)
      throws IOException, InterruptedException {
    var website = website(name, origins == null ? List.of(Website.LOOPBACK) : origins);
    try (var table = LocalTable.of(data.path())) {
      if (!admin(table).add(website)) {
        throw new Complaint("there is a website " + name + " already");
      }
    }
    out().println("added " + name + "; make a key with: ./crowd key create " + name);
  }

  @Command(description = "Lists all websites.")
  void list() throws IOException, InterruptedException {
    try (var table = LocalTable.of(data.path())) {
      new WebsiteRegistry(table.store()).all().forEach(id -> out().println(id.value()));
    }
  }

  @Command(description = "Shows a website.")
  void show(@Parameters(paramLabel = "NAME", description = "Its public id.") String name)
      throws IOException, InterruptedException {
    try (var table = LocalTable.of(data.path())) {
      var website =
          admin(table)
              .find(websiteId(name))
              .orElseThrow(() -> new Complaint("no website " + name + "; see ./crowd site list"));
      out().println("website      " + website.id().value());
      out().println("origins      " + String.join(" ", new TreeSet<>(website.origins())));
      out().println("retention    " + website.retention().toDays() + " days");
      out().println("trait ranks  " + (website.ranksTraits() ? "on" : "off"));
    }
  }

  static WebsiteAdmin admin(LocalTable table) {
    return new WebsiteAdmin(table.store(), InstantSource.system());
  }

  static WebsiteId websiteId(String name) {
    try {
      return new WebsiteId(name);
    } catch (IllegalIdException e) {
      throw new Complaint("NAME " + e.getMessage());
    }
  }

  private static Website website(String name, List<String> origins) {
    var id = websiteId(name);
    try {
      return Website.starting(id, Set.copyOf(origins));
    } catch (IllegalArgumentException e) {
      throw new Complaint(String.valueOf(e.getMessage()));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
