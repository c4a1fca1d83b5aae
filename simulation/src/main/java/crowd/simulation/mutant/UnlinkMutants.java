package crowd.simulation.mutant;

import java.util.List;

/** Taking a link back, and making it again: epochs, moments, jobs. */
final class UnlinkMutants {

  private static final String EVENT_ROW = "table/EventRow";
  private static final String ALIAS = "identity/Alias";

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("copy-put-unconditional", "A writer of before undoes what a newer one made.")
              .in(EVENT_ROW, "new Condition.AbsentOrOlder(epoch)", "Condition.ALWAYS"),
          Mutant.of("copy-put-if-absent", "A copy of before is not made anew, and then swept.")
              .in(EVENT_ROW, "new Condition.AbsentOrOlder(epoch)", "Condition.ABSENT"),
          Mutant.of("copy-delete-of-any-epoch", "Taking back and sweeping hit a new link's copies.")
              .in(
                  EVENT_ROW,
                  "new Condition.CopyUpTo(StoredEvent.originOf(origin), upToEpoch)",
                  "new Condition.CopyUpTo(StoredEvent.originOf(origin), Long.MAX_VALUE)"),
          Mutant.of("sweep-of-any-epoch", "The late sweep takes the copies of a link made since.")
              .in("unlink/Unlink", "job.epoch() - 1", "Long.MAX_VALUE"),
          Mutant.of("unlink-without-moment", "A repeat of an old claim brings the link back.")
              .in(ALIAS, "|| receivedAt.isBefore(unlinkedAt)", ""),
          Mutant.of("unlink-keeps-claim", "Who was linked by mistake counts towards a shared id.")
              .in(
                  ALIAS,
                  "next.unlinkedAt = unlinkedAt.isAfter(at) ? unlinkedAt : at;"
                      + " owner().ifPresent(owner -> next.claims.remove(owner));",
                  "next.unlinkedAt = unlinkedAt.isAfter(at) ? unlinkedAt : at;"),
          Mutant.of("unlink-keeps-count", "Links that were taken back use up those one may have.")
              .in(
                  "unlink/UnlinkWrites",
                  "ProfileRow.write(owner.unlinked())",
                  "ProfileRow.write(owner)"),
          Mutant.of("refused-unlink-is-made", "An unlink that lost to another writer is forgotten.")
              .in(
                  "unlink/Unlink",
                  "if (!(store.transact(writes) instanceof WriteOutcome.Written)) {",
                  "if (store.transact(writes) == null) {"));

  private UnlinkMutants() {}
}
