package crowd.simulation.mutant;

import java.util.List;

/** Erasing people: the moment, what goes with it, and what stays. */
final class EraseMutants {

  private static final String ALIAS = "identity/Alias";
  private static final String CLAIMS = "claim/Claims";
  private static final String ERASE = "erase/Erase";
  private static final String ERASING = "erase/Erasing";
  private static final String SWEEP = "erase/Sweep";

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("erase-by-clock-alone", "A link by a clock that is ahead outlives its owner.")
              .in(ERASE, "moment = later(moment, link.linkedAt());", ""),
          Mutant.of("erase-forgets-the-one-before", "Nobody's events of between two erasures go.")
              .in(ERASE, "members.forEach(this::releaseErased);", ""),
          Mutant.of("erased-claim-counts", "A message of before makes the person anew.")
              .in(
                  CLAIMS,
                  "if (!claim.receivedAt().isAfter(profile.erasedAt())) {",
                  "if (profile.erased() && !claim.receivedAt().isAfter(profile.erasedAt())) {"),
          Mutant.of("erased-id-stays-his", "A browser of somebody erased is still somebody's.")
              .in(
                  ERASING,
                  "ids.forEach(id -> release.of(website, job.user(), id, job.erasedAt()));",
                  ""),
          Mutant.of("erased-id-is-swept-not", "Anonymous events of somebody erased are left.")
              .in(ERASING, "ids.forEach(sweep::anonymous);", ""),
          Mutant.of("erased-id-keeps-seal", "A reset of before refuses whoever comes next.")
              .in(ALIAS, "next.sealedAt = sealedAt.isAfter(at) ? sealedAt : next.resetAt;", ""),
          Mutant.of("erased-id-keeps-reset", "A reset of before seals an id that begins anew.")
              .in(ALIAS, "next.resetAt = resetAt.isAfter(at) ? resetAt : Instant.MAX;", ""),
          Mutant.of("sweep-takes-what-came-later", "Somebody new loses what he did.")
              .in(SWEEP, "if (message.receivedAt().isAfter(job.erasedAt())) {", "if (false) {"),
          Mutant.of("sweep-takes-new-claims", "Somebody new loses the browser that he claimed.")
              .in(
                  SWEEP,
                  "event -> byOrigin.containsKey(event.origin()) || !isOfSomebodyNew(event),",
                  "event -> true,"),
          Mutant.of("history-stays", "What was decided about somebody erased still says so.")
              .in(ERASING, "own.add(HistoryRow.delete(decided));", ""),
          Mutant.of("history-of-others-stays", "The other's line names somebody who was erased.")
              .in(ERASING, "withOthers.add(withoutHim(decided, other, ids))", "other.value()"),
          Mutant.of("claims-stay", "Another's id says that somebody erased had claimed it.")
              .in(ERASING, "withdraw.of(job.website(), job.user(), id, job.erasedAt());", ""),
          Mutant.of("claims-of-somebody-new-go", "Who comes again does not count among three.")
              .in(
                  ALIAS,
                  "if (claims.getOrDefault(claimant, Instant.MAX).isAfter(erasure)) {",
                  "if (!claims.containsKey(claimant)) {"),
          Mutant.of("switch-from-erased-owner", "A claim is refused for somebody who is no more.")
              .in(
                  CLAIMS,
                  "if (alias.isErasedWith(owner.user(), owner.erasedAt())) {"
                      + " return release(alias, owner); } if (next.equals(alias)) {",
                  "if (next.equals(alias)) {"),
          Mutant.of("survivors-nobodys", "An event received after it has a user without a profile.")
              .in(ERASING, "revive(job, sweep.survivors());", ""),
          Mutant.of("ledger-knows-names-alone", "Erasing a user takes an id of his name along.")
              .in("erase/Ledger", "\"user\\n\" + user.value()", "user.value()")
              .in("erase/Ledger", "\"anonymous\\n\" + id.value()", "id.value()"),
          Mutant.of("linked-within-an-erasure", "A link of afterwards goes with the erased.")
              .in(CLAIMS, "before.afterErasure(clock.instant())", "clock.instant()"),
          Mutant.of("merged-within-an-erasure", "A merge of afterwards goes with the erased.")
              .in(
                  "merge/Merge",
                  "parent.afterErasure(child.afterErasure(clock.instant()))",
                  "clock.instant()"));

  private EraseMutants() {}
}
