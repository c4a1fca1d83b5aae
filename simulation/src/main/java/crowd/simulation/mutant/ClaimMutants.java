package crowd.simulation.mutant;

import java.util.List;

/** Whose an anonymous id is: claims, seals, resets, limits. */
final class ClaimMutants {

  private static final String CLAIMS = "claim/Claims";
  private static final String ALIAS = "identity/Alias";
  private static final String RESET = "reset/Reset";

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("last-claim-wins", "Whoever names an id last takes it from its owner.")
              .in(ALIAS, "ownership == null && !shared && !claim", "!shared && !claim"),
          Mutant.of("claim-after-reset", "Who comes after a reset inherits what was before it.")
              .in(ALIAS, "&& !shared && !claim.isAfter(sealedAt)", "&& !shared"),
          Mutant.of("claim-before-reset-refused", "A claim that arrives late finds the id sealed.")
              .in(
                  ALIAS,
                  "&& !shared && !claim.isAfter(sealedAt)",
                  "&& !shared && sealedAt.equals(Instant.MAX)"),
          Mutant.of("shared-linked-again", "A kiosk's id becomes somebody's after all.")
              .in(ALIAS, "ownership == null && !shared && !claim", "ownership == null && !claim"),
          Mutant.of("third-claimant-not-shared", "An id of three people stays with one of them.")
              .in(ALIAS, "SHARED_BY = 3", "SHARED_BY = 4"),
          Mutant.of(
                  "own-claim-is-a-switch",
                  "Who repeats his claim for want of an answer is taken for somebody else.")
              .in(ALIAS, "if (ownedBy(user)) { return Claimable.OWN; }", ""),
          Mutant.of(
                  "switch-does-not-seal",
                  "What the second user does without a name becomes the first one's.")
              .in(
                  ALIAS,
                  "next.claims.putIfAbsent(claimant, receivedAt); next.seal(at, newDue);",
                  "next.claims.putIfAbsent(claimant, receivedAt);"),
          Mutant.of("switch-seals-at-latest", "A batch of claims seals at its last, not its first.")
              .in(
                  CLAIMS,
                  "claim.user(), claim.earliest(), claim.receivedAt(),",
                  "claim.user(), claim.latest(), claim.receivedAt(),"),
          Mutant.of("latest-seal-wins", "A later seal opens again what an earlier one had closed.")
              .in(
                  ALIAS,
                  "if (!at.isBefore(sealedAt)) {",
                  "if (!sealedAt.equals(Instant.MAX) && !at.isAfter(sealedAt)) {"),
          Mutant.of("seal-never-earlier", "The seal that arrives first wins, not the earliest.")
              .in(ALIAS, "if (!at.isBefore(sealedAt)) {", "if (!sealedAt.equals(Instant.MAX)) {"),
          Mutant.of("reset-does-not-seal", "What comes after a reset still becomes the owner's.")
              .in(
                  ALIAS,
                  "next.resetAt = earlier(resetAt, at); next.seal(at, newDue);",
                  "next.resetAt = earlier(resetAt, at);"),
          Mutant.of("reset-seals-now", "The seal lies at the reset's arrival, not at its time.")
              .in(RESET, "alias.reset(message.time(),", "alias.reset(clock.instant(),"),
          Mutant.of(
                  "switch-keeps-traits-back",
                  "A user whose claim is refused loses what he said of himself.")
              .in(
                  CLAIMS,
                  "case OTHERS -> save(profile, wanted)",
                  "case OTHERS -> Optional.of(profile)"),
          Mutant.of("no-link-limit", "A junk user id gathers all the visitors of a website.")
              .in(CLAIMS, "return profile.links() >= MAX_LINKS", "return profile.links() < 0"),
          Mutant.of(
                  "later-claim-counts", "An event of before the first claim seems to be after it.")
              .in(
                  CLAIMS,
                  "return alias.ownership() == null || !claim.earliest()",
                  "return alias.ownership() != null || !claim.earliest()"),
          Mutant.of("link-row-forgotten", "The owner's timeline does not find his anonymous ids.")
              .in(
                  CLAIMS,
                  "List.of(AliasRow.write(linked), LinkRow.write(link))",
                  "List.of(AliasRow.write(linked))"),
          Mutant.of("link-without-due", "A crash after the link leaves its backfill to nobody.")
              .in(
                  ALIAS,
                  "next.backfill(CopyState.PENDING, newDue);",
                  "next.backfill(CopyState.PENDING, null);"),
          Mutant.of("link-is-done", "Nothing of what was before the link is ever copied.")
              .in(
                  ALIAS,
                  "next.backfill(CopyState.PENDING, newDue);",
                  "next.backfill(CopyState.DONE, null);"),
          Mutant.of("link-keeps-epoch", "A link looks like the decision before it.")
              .in(
                  ALIAS,
                  "next.epoch++; next.ownership = newOwnership;",
                  "next.ownership = newOwnership;"),
          Mutant.of("seal-keeps-epoch", "Who copies beside a seal does not see that it came.")
              .in(ALIAS, "epoch++; sealedAt = at;", "sealedAt = at;"),
          Mutant.of("release-keeps-epoch", "A sweep cannot tell the copies that it is after.")
              .in(ALIAS, "epoch++; ownership = null;", "ownership = null;"),
          Mutant.of(
                  "events-do-not-claim",
                  "An event with both ids leaves the anonymous one nobody's.")
              .in(
                  "project/Project",
                  "one.message().type() == MessageType.IDENTIFY || !one.claims()",
                  "one.record() >= 0"),
          Mutant.of("share-without-job", "The copies of an id that was taken away stay for ever.")
              .in("unlink/UnlinkWrites", "writes.add(JobRow.write(job));", ""),
          Mutant.of("share-keeps-link-row", "A person is shown with an id that he lost.")
              .in(
                  "unlink/UnlinkWrites",
                  "writes.add(LinkRow.delete(linked.website(), owner.user(), linked.id()));",
                  ""));

  private ClaimMutants() {}
}
