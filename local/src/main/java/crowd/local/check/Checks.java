package crowd.local.check;

import crowd.simulation.check.Costs;
import crowd.simulation.check.Determinism;
import crowd.simulation.check.Erasures;
import crowd.simulation.check.Permutations;
import crowd.simulation.check.Reconciliation;
import crowd.simulation.check.Tenants;
import crowd.simulation.check.Unmerges;
import crowd.simulation.check.WrongMerges;
import java.util.List;

/** The checks of {@code crowd check}, in the order in which they are listed. */
public final class Checks {

  public static final List<Check> ALL =
      List.of(
          new Iac(),
          new Rie(),
          new Kill9(),
          new Malformed(),
          new Corpus(),
          new Auth(),
          new Bombs(),
          new Timing(),
          new Canary(),
          new Load(),
          new SdkFaults(),
          new Sim(),
          new PlantedBugs(),
          new Exhaust(),
          new Tallied(
              "determinism",
              "seeds whose history is another one the second time",
              "differing-traces",
              1_000,
              Determinism::run),
          new Tallied(
              "permute",
              "streams in "
                  + Permutations.ORDERS
                  + " orders, with repeats, and replayed: tables that differ",
              "differing-streams",
              200,
              Permutations::run),
          new Tallied(
              "reconcile",
              "crashes at a random moment: work that waits after "
                  + Reconciliation.PASSES
                  + " passes of the reconciler",
              "unfinished",
              10_000,
              Reconciliation::run),
          new Tallied(
              "wrongmerge",
              "sequences of hostile identifies: strangers merged",
              "wrong-merges",
              100_000,
              WrongMerges::run),
          new Tallied(
              "tenants",
              "operations of one website with hostile ids: worlds in which another one's rows changed",
              "worlds-changed",
              100_000,
              Tenants::run),
          new Tallied(
              "unmerge",
              "histories linked, merged and taken back: tables that are not as if it had never been",
              "differing-tables",
              10_000,
              Unmerges::run),
          new Tallied(
              "erasure",
              "people erased, and the stream replayed: tables that still hold a byte of them",
              "people-left",
              1_000,
              Erasures::run),
          new Tallied(
              "cost",
              "operations that use other units of the table than the documents say",
              "wrong-prices",
              1,
              Costs::run));

  private Checks() {}
}
