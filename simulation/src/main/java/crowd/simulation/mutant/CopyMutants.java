package crowd.simulation.mutant;

import java.util.List;

/** How events come into their owner's timeline, and out of it again. */
final class CopyMutants {

  private static final String PROJECT = "project/Project";
  private static final String SETTLE = "project/Settle";
  private static final String CONVERGE = "project/Converge";
  private static final String ALIAS = "identity/Alias";
  private static final String UNLINK = "unlink/Unlink";

  static final Mutant SETTLE_TAKES_NOTHING_BACK =
      Mutant.of("settle-takes-nothing-back", "Copies that a newer decision excludes stay.")
          .in(SETTLE, "takeBack(alias, owned, current); return", "return");

  static final Mutant CONVERGE_TAKES_NOTHING_BACK =
      Mutant.of("converge-takes-nothing-back", "Copies that a newer decision excludes stay.")
          .in(CONVERGE, "takeBack(messages, current); restartFrom", "restartFrom");

  static final Mutant NO_LATE_SWEEP =
      Mutant.of("late-sweep-deletes-nothing", "What a crash left behind the first sweep stays.")
          .in(
              UNLINK,
              "sweep(job); seenAgain",
              "if (job.phase() == UnlinkJob.Phase.FIRST_SWEEP) { sweep(job); } seenAgain");

  static final Mutant NO_LAST_LOOK =
      Mutant.of("no-last-look", "A copy that lands behind a seal stays there.")
          .in(
              ALIAS,
              "copies == CopyState.TRIMMED || sealedAt.equals(Instant.MAX)",
              "sealedAt.isAfter(Instant.MIN)");

  static final List<Mutant> ALL =
      List.of(
          Mutant.of(
                  "reads-before-it-puts",
                  "A link that comes between the two sees no event, and the event no link.")
              .in(PROJECT, "store(standing, failed);", "")
              .in(
                  PROJECT,
                  "bringHome(standing, toConverge, deadline, failed); return failed;",
                  "bringHome(standing, toConverge, deadline, failed);"
                      + " store(standing, failed); return failed;"),
          Mutant.of("remembers-unlinked", "Who remembers that an id was nobody's misses its link.")
              .in(
                  SETTLE,
                  "private final Metrics metrics;",
                  "private final Metrics metrics;"
                      + " private final java.util.Set<AnonymousId> nobodys = new java.util.HashSet<>();")
              .in(
                  SETTLE,
                  "if (alias.owner().isEmpty()) {",
                  "if (nobodys.contains(id)) { return Optional.of(Optional.empty()); }"
                      + " if (alias.owner().isEmpty()) { nobodys.add(id);"),
          Mutant.of("settle-takes-all-back", "A reader misses an event that is his all the time.")
              .in(SETTLE, ".filter(event -> !current.owns(owner, event))", ""),
          Mutant.of("epoch-not-compared", "A decision of the same owner passes unnoticed.")
              .in(
                  ALIAS,
                  "return epoch == other.epoch && owner().equals(other.owner());",
                  "return owner().equals(other.owner());"),
          Mutant.of("seal-ignored", "What a browser does after its user's leaving is still his.")
              .in(ALIAS, "&& !eventTime.isAfter(sealedAt)", ""),
          Mutant.of("expiry-ignored", "What had expired before the link comes back with it.")
              .in(ALIAS, "&& expires.isAfter(ownership.linkedAt())", ""),
          Mutant.of("seal-trims-nothing", "Copies of after the seal that were made before it stay.")
              .in(
                  ALIAS,
                  "case DONE, TRIMMED -> CopyState.TRIMMING;",
                  "case DONE, TRIMMED -> CopyState.DONE;"),
          Mutant.of("trim-deletes-nothing", "The walk after a seal leaves what it came to remove.")
              .in(CONVERGE, "writes.add(delete(owner, message));", "earliest = message.time();"),
          Mutant.of("converge-takes-all-back", "A walk that only trims does not copy them again.")
              .in(CONVERGE, ".filter(message -> !current.owns(owner, message))", ""),
          Mutant.of("done-before-copying", "After a crash nobody knows that copies are missing.")
              .in(
                  CONVERGE,
                  "return new Walk(alias, deadline).run();",
                  "store.write(AliasRow.write(alias.settled(clock.instant())));"
                      + " return new Walk(alias, deadline).run();"),
          Mutant.of("done-unconditional", "A walk's end undoes the decision that came beside it.")
              .in(
                  CONVERGE,
                  "store.write(AliasRow.write(end))",
                  "store.write(new Write.Put(((Write.Put) AliasRow.write(end)).item(),"
                      + " crowd.core.store.Condition.ALWAYS))"),
          Mutant.of("cursor-is-a-time", "Of the events of one moment a page may hold only some.")
              .in(
                  CONVERGE,
                  "cursor = page.next();",
                  "cursor = page.next() == null ? null"
                      + " : page.next().substring(0, 15) + Query.HIGHEST;"),
          Mutant.of("seal-keeps-cursor", "The walk after a seal begins where another had stopped.")
              .in(ALIAS, "copies = state; cursor = null;", "copies = state;"),
          Mutant.of(
                  "converge-goes-on-after-change",
                  "Pages from before a decision are left as they were before it.")
              .in(CONVERGE, "restartFrom(current); continue;", "alias = current; continue;"),
          Mutant.of(
                  "converge-goes-on-when-done",
                  "A cursor that is stored beside the end makes the id wait for ever.")
              .in(CONVERGE, "if (!alias.waitsAt(clock.instant())) { //", "if (alias == null) { //"),
          Mutant.of("one-page-only", "A backfill ends where its first page does.")
              .in(
                  CONVERGE,
                  "if (cursor == null || scanned > maxCopiedEvents) {",
                  "if (scanned >= 0) {")
              .in(CONVERGE, "finish(cursor == null)", "finish(true)"),
          Mutant.of("lazy-is-done", "Of an id with very many events most are never shown.")
              .in(CONVERGE, "finish(cursor == null)", "finish(true)"),
          NO_LAST_LOOK,
          Mutant.of("last-look-at-once", "The last look comes before the last write can land.")
              .in(CONVERGE, "clock.instant().plus(UnlinkJob.LATE_SWEEP_AFTER)", "clock.instant()"),
          Mutant.of(
                  "any-pass-is-whole",
                  "An event that came behind the walk is taken for copied by it.")
              .in(
                  CONVERGE,
                  "return whole && copies == CopyState.PENDING ? Pass.COMPLETE : Pass.PARTIAL;",
                  "return Pass.COMPLETE;"),
          Mutant.of(
                  "no-settle-after-any-pass", "Where nothing waited, the new event is not copied.")
              .in(
                  PROJECT,
                  "events.isEmpty() || pass == Converge.Pass.COMPLETE",
                  "events.isEmpty() || converges"),
          Mutant.of("sweeps-once", "A write of the old epoch that is still on its way stays.")
              .in(
                  UNLINK,
                  "case FIRST_SWEEP -> JobRow.write(job.sweptOnce(clock.instant()));",
                  "case FIRST_SWEEP -> JobRow.delete(job);"),
          NO_LATE_SWEEP,
          Mutant.of("late-sweep-at-once", "The last sweep comes before the last write can land.")
              .in("unlink/UnlinkJob", "now.plus(LATE_SWEEP_AFTER)", "now"),
          Mutant.of("works-before-it-is-due", "The last look comes with the next record of the id.")
              .in(
                  ALIAS,
                  "return copies.waits() && (copies != CopyState.TRIMMED || due == null"
                      + " || !due.isAfter(now));",
                  "return copies.waits();"),
          Mutant.of("sweep-by-user", "Unlinking takes what the user did under his own name.")
              .in(
                  UNLINK,
                  "item -> item.text(Attributes.ORIGIN).equals(origin)",
                  "item -> item.text(Attributes.ORIGIN).isPresent()")
              .in(
                  UNLINK,
                  "EventRow.deleteCopy(item.key(), job.id(), job.epoch() - 1)",
                  "new Write.Delete(item.key(), crowd.core.store.Condition.ALWAYS)"),
          Mutant.of("sweep-spares-last-epoch", "The copies of the link that was taken back stay.")
              .in(UNLINK, "job.epoch() - 1", "job.epoch() - 2"),
          Mutant.of("untimed-by-arrival", "A repeat of a message without a time is another event.")
              .in(
                  PROJECT,
                  "timed.add(ofOneRecord.get(i).as(messages.get(i)));",
                  "timed.add(ofOneRecord.get(i));"),
          Mutant.of("last-arrival-counts", "What was stored under the first has the wrong key.")
              .in("table/MarkerRow", "Condition.ABSENT", "Condition.ALWAYS"),
          Mutant.of(
                  "own-arrival-counts",
                  "Who is second uses his own time and not that of the first.")
              .in(
                  "project/FirstArrivals",
                  "message.at( Objects.requireNonNull("
                      + "timestamps.get(MarkerRow.key(website, message))))",
                  "message.at(Objects.requireNonNullElse("
                      + "timestamps.isEmpty() ? null : message.timestamp(), message.timestamp()))"));

  private CopyMutants() {}
}
