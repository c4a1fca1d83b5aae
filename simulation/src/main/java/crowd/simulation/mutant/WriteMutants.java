package crowd.simulation.mutant;

import java.util.List;

/** What is known of a write, and who is told: conditions, endings, acknowledgements. */
final class WriteMutants {

  private static final String PROJECT = "project/Project";
  private static final String ATTEMPTS = "run/Attempts";
  private static final String NOT_SETTLED =
      "case WriteOutcome.Conflict _, WriteOutcome.Throttled _, WriteOutcome.Unknown _ -> false;";
  private static final String SETTLED =
      "case WriteOutcome.Written _, WriteOutcome.ConditionFailed _ -> true;";
  private static final String UNCHANGED = "Condition.unchangedSince(next.revision())";

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("alias-unconditional", "Of two decisions at once the later write wins.")
              .in("table/AliasRow", UNCHANGED, "Condition.ALWAYS"),
          Mutant.of("profile-unconditional", "Of two writers at once one loses his traits.")
              .in("table/ProfileRow", UNCHANGED, "Condition.ALWAYS"),
          Mutant.of("throttled-is-settled", "A copy that the store refused is taken for written.")
              .in(
                  ATTEMPTS,
                  NOT_SETTLED,
                  "case WriteOutcome.Throttled _ -> true;"
                      + " case WriteOutcome.Conflict _, WriteOutcome.Unknown _ -> false;"),
          Mutant.of("conflict-is-settled", "A copy in a transaction's way is taken for written.")
              .in(
                  ATTEMPTS,
                  NOT_SETTLED,
                  "case WriteOutcome.Conflict _ -> true;"
                      + " case WriteOutcome.Throttled _, WriteOutcome.Unknown _ -> false;"),
          Mutant.of("unknown-is-settled", "A copy whose request was lost is taken for written.")
              .in(
                  ATTEMPTS,
                  NOT_SETTLED,
                  "case WriteOutcome.Unknown _ -> true;"
                      + " case WriteOutcome.Conflict _, WriteOutcome.Throttled _ -> false;"),
          Mutant.of("refused-is-not-settled", "A copy that a newer one forbids is tried for ever.")
              .in(
                  ATTEMPTS,
                  SETTLED + " " + NOT_SETTLED,
                  "case WriteOutcome.Written _ -> true; default -> false;"),
          Mutant.of("refused-link-is-made", "Who lost the race for an id is told that it is his.")
              .in(
                  "claim/Claims",
                  "if (!(store.transact(writes) instanceof WriteOutcome.Written)) {"
                      + " return Optional.empty(); } metrics.add(Counter.LINKS);",
                  "store.transact(writes); metrics.add(Counter.LINKS);"),
          Mutant.of("refused-seal-is-made", "A seal that lost to another writer is forgotten.")
              .in(
                  "reset/Reset",
                  "return store.write(AliasRow.write(next)) instanceof WriteOutcome.Written",
                  "return store.write(AliasRow.write(next)) != null"),
          Mutant.of("refused-switch-is-made", "A switch that lost to another writer is forgotten.")
              .in(
                  "claim/Claims",
                  "return outcome instanceof WriteOutcome.Written;",
                  "return outcome != null;"),
          Mutant.of("refused-traits-are-made", "Traits that lost to another writer are forgotten.")
              .in(
                  "claim/Claims",
                  "return DirectoryEntries.write(store, before, seen) instanceof WriteOutcome.Written",
                  "return DirectoryEntries.write(store, before, seen) != null"),
          Mutant.of("leftovers-ignored", "Of a bulk write, what the store left over is lost.")
              .in(
                  PROJECT,
                  "failed.addAll(records.getOrDefault(left.key(), Set.of()));",
                  "records.remove(left.key());"),
          Mutant.of("consumer-reports-nothing", "A record is done with before its events are safe.")
              .in(
                  PROJECT,
                  "bringHome(standing, toConverge, deadline, failed); return failed;",
                  "bringHome(standing, toConverge, deadline, failed); return new TreeSet<>();"),
          Mutant.of("failed-work-is-done", "A record whose copies failed does not come again.")
              .in(
                  PROJECT,
                  "return new Work<>(otherwise, records);",
                  "return new Work<>(otherwise, Set.of());"),
          Mutant.of("track-takes-unknown", "An event whose append got no answer is acknowledged.")
              .in(
                  "track/Track",
                  "case AppendOutcome.Appended() ->",
                  "case AppendOutcome.Appended(), AppendOutcome.Unknown() ->")
              .in(
                  "track/Track",
                  "case AppendOutcome.Throttled(), AppendOutcome.Unknown() ->",
                  "case AppendOutcome.Throttled() ->"),
          Mutant.of("identify-before-append", "An identify that never reached the stream is taken.")
              .in(
                  "identify/Identify",
                  "metrics.add(Counter.UNAVAILABLE); yield new IdentifyOutcome.Unavailable();",
                  "yield decided;"),
          Mutant.of("batch-before-append", "A batch that never reached the stream is taken.")
              .in(
                  "batch/Batch",
                  "instanceof AppendOutcome.Appended)",
                  "instanceof AppendOutcome)"));

  private WriteMutants() {}
}
