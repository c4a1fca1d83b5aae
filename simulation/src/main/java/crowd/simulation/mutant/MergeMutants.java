package crowd.simulation.mutant;

import java.util.List;

/** Making two users one person, and taking it back. */
final class MergeMutants {

  private static final String MERGE = "merge/Merge";
  private static final String ALIAS_USER = "merge/AliasUser";

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("merge-into-whom-it-is-asked", "A pointer leads to one who is no root.")
              .in(
                  MERGE,
                  "var parent = unions.root(website, into);",
                  "var parent = table.profile(website, into);"),
          Mutant.of("merge-of-a-child", "A user who was merged before leaves the one he was with.")
              .in(
                  MERGE,
                  "var child = unions.root(website, user);",
                  "var child = table.profile(website, user);"),
          Mutant.of("merge-leaves-the-root-alone", "Two merges at once make a circle.")
              .in(MERGE, "writes.addAll(DirectoryEntries.profile(parent, known));", ""),
          Mutant.of("merge-row-forgotten", "Nobody finds who was merged into a user.")
              .in(
                  MERGE,
                  "writes.add( MergeRow.write( new MergedIn("
                      + "website, parent.user(), child.user(), now, because.messageId())));",
                  ""),
          Mutant.of("unmerge-from-anybody", "Two are parted for the sake of a stranger.")
              .in(MERGE, "if (!unions.areOne(website, user, from)) {", "if (false) {"),
          Mutant.of("refused-merge-is-made", "A merge that lost to another writer is forgotten.")
              .in(MERGE, "if (!(ending instanceof WriteOutcome.Written)) {", "if (false) {"),
          Mutant.of("alias-cut-short", "An alias that ended half way is never finished.")
              .in(
                  ALIAS_USER,
                  "alias.revision() > 0 && !alias.owner().equals(Optional.of(user))",
                  "alias.revision() > 0"),
          Mutant.of("alias-only-claims", "An id that nobody had seen is taken for no user's.")
              .in(
                  ALIAS_USER,
                  "? new AliasOutcome.Merged(merge(website, alias, previous))",
                  "? new AliasOutcome.Claimed(claimed)"));

  private MergeMutants() {}
}
