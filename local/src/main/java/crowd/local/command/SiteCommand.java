package crowd.local.command;

import crowd.core.fingerprint.Fingerprinting;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.WebsiteId;
import crowd.core.verify.Verification;
import crowd.core.verify.VerificationMode;
import crowd.core.verify.VerificationSecret;
import crowd.core.website.VerificationAdmin;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.core.website.WebsiteRegistry;
import crowd.local.dev.LocalTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "site",
    description =
        "Websites of the local run, whether it is running or not, or of a deployed table.")
final class SiteCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TableOption tables = new TableOption();

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
    try (var table = tables.open()) {
      if (!admin(table).add(website)) {
        throw new Complaint("there is a website " + name + " already");
      }
    }
    out().println("added " + name + "; make a key with: ./crowd key create " + name);
  }

  @Command(description = "Lists all websites.")
  void list() throws IOException, InterruptedException {
    try (var table = tables.open()) {
      new WebsiteRegistry(table.store()).all().forEach(id -> out().println(id.value()));
    }
  }

  @Command(description = "Shows a website.")
  void show(@Parameters(paramLabel = "NAME", description = "Its public id.") String name)
      throws IOException, InterruptedException {
    try (var table = tables.open()) {
      print(admin(table).find(websiteId(name)).orElseThrow(() -> noWebsite(name)));
    }
  }

  @Command(description = "Changes settings of a website; in force within a minute.")
  void set(
      @Parameters(paramLabel = "NAME", description = "Its public id.") String name,
      @Option(
              names = "--verification",
              paramLabel = "MODE",
              description =
                  "What becomes of browsers' messages whose user is not proved: off, report or enforce.")
          VerificationMode verification,
      @Option(
              names = "--trait-ranks",
              paramLabel = "on|off",
              description = "Whether verified traits outrank others.")
          Switch ranks,
      @Option(
              names = "--fingerprints",
              paramLabel = "on|off",
              description = "Whether a server may link a browser by its fingerprint.")
          Switch fingerprints,
      @Option(
              names = "--fingerprint-window",
              paramLabel = "MINUTES",
              description =
                  "How long before that the browser may have been seen: 30 unless set, 1440 at most.")
          Integer window,
      @Option(
              names = "--bot-filter",
              paramLabel = "on|off",
              description =
                  "Whether pages' messages of self-declared bots are kept apart: stored and marked, with no profile changed.")
          Switch bots,
      @Option(
              names = "--placeholders",
              paramLabel = "WORD,WORD",
              split = ",",
              description =
                  "Words that look like no id and are taken all the same, in place of those so far; \"\" for none.")
          Set<String> placeholders)
      throws IOException, InterruptedException {
    var id = websiteId(name);
    try (var table = tables.open()) {
      if (verification != null) {
        changed(name, new VerificationAdmin(admin(table)).turn(id, verification));
      }
      print(
          admin(table)
              .change(
                  id,
                  website ->
                      allowing(changed(website, ranks, fingerprints, window, bots), placeholders))
              .orElseThrow(() -> noWebsite(name)));
    }
  }

  @Command(
      name = "secret",
      description =
          "Makes a secret to prove users with and shows it, which cannot be done again. Two can be live.")
  void secret(@Parameters(paramLabel = "NAME", description = "Its public id.") String name)
      throws IOException, InterruptedException {
    try (var table = tables.open()) {
      changed(name, new VerificationAdmin(admin(table)).createSecret(websiteId(name)));
    }
  }

  @Command(name = "retire", description = "Takes a secret out of use, for good.")
  void retire(
      @Parameters(paramLabel = "NAME", description = "Its public id.") String name,
      @Parameters(paramLabel = "SECRET-ID", description = "As ./crowd site show shows it.")
          String secretId)
      throws IOException, InterruptedException {
    try (var table = tables.open()) {
      changed(name, new VerificationAdmin(admin(table)).retireSecret(websiteId(name), secretId));
    }
    out().println("retired " + secretId);
  }

  /** How people turn a setting on and off. */
  enum Switch {
    ON,
    OFF
  }

  private void changed(String name, VerificationAdmin.Outcome outcome) {
    switch (outcome) {
      case VerificationAdmin.Outcome.Changed _ -> {}
      case VerificationAdmin.Outcome.Created(_, var secret) -> out().println(secret.key().reveal());
      case VerificationAdmin.Outcome.TooManySecrets() ->
          throw new Complaint(
              "%s has two live secrets; retire one first with: ./crowd site retire %s SECRET-ID"
                  .formatted(name, name));
      case VerificationAdmin.Outcome.NeedsSecret() ->
          throw new Complaint(
              "without a secret no browser could prove anything; make one with: ./crowd site secret %s, or turn it off with: ./crowd site set %s --verification off"
                  .formatted(name, name));
      case VerificationAdmin.Outcome.NoSuchSecret() ->
          throw new Complaint("no such secret; see ./crowd site show " + name);
      case VerificationAdmin.Outcome.NoSuchWebsite() -> throw noWebsite(name);
    }
  }

  private static Website changed(
      Website website,
      @Nullable Switch ranks,
      @Nullable Switch fingerprints,
      @Nullable Integer window,
      @Nullable Switch bots) {
    var changed = website;
    if (ranks != null) {
      changed = changed.rankingTraits(ranks == Switch.ON);
    }
    if (fingerprints != null) {
      changed = changed.with(changed.fingerprinting().turned(fingerprints == Switch.ON));
    }
    if (bots != null) {
      changed = changed.filteringBots(bots == Switch.ON);
    }
    return window == null ? changed : changed.with(within(changed.fingerprinting(), window));
  }

  private static Website allowing(Website website, @Nullable Set<String> placeholders) {
    if (placeholders == null) {
      return website;
    }
    var words = new TreeSet<>(placeholders);
    words.remove("");
    return website.allowingPlaceholders(words);
  }

  private static Fingerprinting within(Fingerprinting fingerprinting, int minutes) {
    try {
      return fingerprinting.within(Duration.ofMinutes(minutes));
    } catch (IllegalArgumentException e) {
      throw new Complaint(String.valueOf(e.getMessage()));
    }
  }

  private void print(Website website) {
    out().println("website      " + website.id().value());
    out().println("origins      " + String.join(" ", new TreeSet<>(website.origins())));
    out().println("retention    " + website.retention().toDays() + " days");
    out().println("placeholders " + allowed(website.allowedPlaceholders()));
    out().println("trait ranks  " + onOrOff(website.ranksTraits()));
    out().println("verification " + verification(website.verification()));
    out().println("fingerprints " + fingerprints(website.fingerprinting()));
    out().println("bot filter   " + onOrOff(website.filtersBots()));
  }

  private static String allowed(Set<String> words) {
    return words.isEmpty() ? "none allowed" : String.join(" ", new TreeSet<>(words));
  }

  private static String verification(Verification verification) {
    var ids = verification.secrets().stream().map(VerificationSecret::id).toList();
    return verification.mode().word()
        + (ids.isEmpty() ? ", no secret" : ", secrets " + String.join(" ", ids));
  }

  private static String fingerprints(Fingerprinting fingerprinting) {
    return onOrOff(fingerprinting.isWorking())
        + ", window "
        + fingerprinting.window().toMinutes()
        + " minutes";
  }

  private static String onOrOff(boolean on) {
    return on ? "on" : "off";
  }

  private static Complaint noWebsite(String name) {
    return new Complaint("no website " + name + "; see ./crowd site list");
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
