package crowd.local.command;

import crowd.core.quarantine.Kept;
import crowd.core.quarantine.Quarantine;
import crowd.core.quarantine.QuarantineId;
import crowd.core.quarantine.Redrive;
import crowd.core.quarantine.Redrive.Outcome;
import crowd.core.store.StoreUnavailableException;
import crowd.core.table.QuarantineRow;
import crowd.local.dev.DirectWiring;
import crowd.local.dev.LocalTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "quarantine",
    description = "Records of the local run that could not be used, whether it is running or not.")
final class QuarantineCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "Lists from this day on, as in 2026-11-25; without it all that is kept.")
  private Optional<LocalDate> from = Optional.empty();

  @Option(names = "--to", paramLabel = "DAY", description = "Lists up to this day.")
  private Optional<LocalDate> to = Optional.empty();

  @Override
  public void run() {
    with((quarantine, _) -> list(quarantine));
  }

  /** What a subcommand does with the table. */
  private interface Work {
    void on(Quarantine quarantine, Redrive redrive);
  }

  private void with(Work work) {
    try (var table = LocalTable.of(data.path())) {
      var wiring = DirectWiring.on(table.store());
      work.on(wiring.quarantine(), wiring.redrive());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Complaint("interrupted");
    }
  }

  private void list(Quarantine quarantine) {
    var today = LocalDate.now(Clock.systemUTC());
    var kept =
        quarantine.list(
            from.orElse(today.minusDays(QuarantineRow.KEPT.toDays())), to.orElse(today));
    if (kept.isEmpty()) {
      out().println("nothing is in quarantine");
      return;
    }
    int width = kept.stream().mapToInt(one -> one.id().toString().length()).max().orElse(0);
    var line = "%-" + width + "s  %-24s  %9s  %s%n";
    out().printf(Locale.ROOT, line, "ID", "RECEIVED", "BYTES", "REASON");
    for (var one : kept) {
      out().printf(Locale.ROOT, line, one.id(), one.receivedAt(), one.bytes(), reason(one));
    }
  }

  private static String reason(Kept kept) {
    return kept.reason()
        + (kept.isWhole() ? "" : " (" + kept.partsFound() + " of " + kept.parts() + " parts)");
  }

  @Command(description = "Shows a record with what is in it, which may be personal.")
  void show(@Parameters(paramLabel = "ID", description = "As the list shows it.") String id) {
    with((quarantine, _) -> {
      var found = quarantine.find(id(id)).orElseThrow(() -> missing(id));
      out().println("id        " + found.kept().id());
      out().println("received  " + found.kept().receivedAt());
      out().println("reason    " + reason(found.kept()));
      out().println("bytes     " + found.kept().bytes());
      out().println();
      out().println(RecordText.of(found));
    });
  }

  @Command(
      description =
          "Tries records again with the present version: what it understands is consumed and leaves the quarantine, the rest stays.")
  void redrive(
      @Parameters(paramLabel = "ID", arity = "0..1", description = "As the list shows it.")
          String id,
      @Option(names = "--day", paramLabel = "DAY", description = "All of this day.")
          LocalDate day) {
    if ((id == null) == (day == null)) {
      throw new Complaint("redrive what? an ID, or --day DAY; see ./crowd quarantine");
    }
    with((quarantine, redrive) -> {
      var ids =
          day == null
              ? List.of(id(id))
              : quarantine.list(day, day).reversed().stream().map(Kept::id).toList();
      int left = 0;
      for (var one : ids) {
        left += redrive(redrive, one) ? 0 : 1;
      }
      if (day != null) {
        out().println(ids.size() - left + " of " + ids.size() + " redriven");
      }
      if (left > 0) {
        out().flush();
        throw new Complaint(left + (left == 1 ? " record stays" : " records stay"));
      }
    });
  }

  /** Says how it ended. A defect of one record is no reason not to try the others. */
  private boolean redrive(Redrive redrive, QuarantineId id) {
    try {
      var outcome = redrive.one(id);
      out().println(id + "  " + sentence(outcome));
      return outcome instanceof Outcome.Redriven;
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      out().println(id + "  stays: still meets a defect: " + e.getClass().getName());
      return false;
    }
  }

  private static String sentence(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Redriven(var messages) ->
          "redriven: " + messages + (messages == 1 ? " message" : " messages");
      case Outcome.StillPoison(var reason) -> "stays: still not understood: " + reason;
      case Outcome.NotTaken() -> "stays: it could not be consumed now; try again";
      case Outcome.Incomplete() -> "stays: a part of it is missing";
      case Outcome.Missing() -> "no such record; see ./crowd quarantine";
    };
  }

  @Command(description = "Forgets a record for good.")
  void drop(@Parameters(paramLabel = "ID", description = "As the list shows it.") String id) {
    with((quarantine, _) -> {
      if (!quarantine.drop(id(id))) {
        throw missing(id);
      }
      out().println("dropped " + id);
    });
  }

  private static QuarantineId id(String text) {
    try {
      return QuarantineId.parse(text);
    } catch (IllegalArgumentException _) {
      throw new Complaint("ID is a day, a slash and a number; see ./crowd quarantine");
    }
  }

  private static Complaint missing(String id) {
    return new Complaint("no record " + id + "; see ./crowd quarantine");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
