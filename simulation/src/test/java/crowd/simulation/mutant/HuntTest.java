package crowd.simulation.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import crowd.simulation.mutant.Expectation.Case;
import crowd.simulation.mutant.Hunt.Tried;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HuntTest {

  private static final Path ROOT = Path.of("..");
  private static final String SETTLE = "project/Settle";

  private static Verdict hunt(Mutant mutant, int histories) {
    return new Hunt(ROOT, 0, histories)
        .run(List.of(new Case(mutant, true, true)), 1)
        .getFirst()
        .verdict();
  }

  @Test
  void run_withEveryMutantAndNoHistory_findsThatAllFit() {
    // given
    var cases = Mutants.ALL.stream().flatMap(one -> one.cases().stream()).toList();
    // when
    var tried = new Hunt(ROOT, 0, 0).run(cases, 1);
    // then
    assertEquals(
        List.of(),
        tried.stream()
            .map(Tried::verdict)
            .filter(verdict -> !verdict.equals(new Verdict.Survived(0)))
            .toList());
  }

  @Test
  void run_withAnEventThatIsSettledBeforeItIsStored_findsIt() {
    // given
    var mutant = named("reads-before-it-puts");
    // when
    var verdict = hunt(mutant, 500);
    // then
    assertInstanceOf(Verdict.Killed.class, verdict);
  }

  @Test
  void run_withAnUnconditionalAlias_findsIt() {
    // given
    var mutant = named("alias-unconditional");
    // when
    var verdict = hunt(mutant, 500);
    // then
    assertInstanceOf(Verdict.Killed.class, verdict);
  }

  @Test
  void run_withNothingMutated_findsNothing() {
    // given
    var mutant =
        Mutant.of("none", "Nothing breaks.")
            .in(SETTLE, "return attempts.until(", "return this.attempts.until(");
    // when
    var verdict = hunt(mutant, 100);
    // then
    assertEquals(new Verdict.Survived(100), verdict);
  }

  @Test
  void run_withATextThatIsNotThereOnce_saysSo() {
    // given
    var gone = Mutant.of("gone", "").in(SETTLE, "no such text", "");
    var twice = Mutant.of("twice", "").in(SETTLE, "table.alias(website, id)", "");
    // when, then
    assertEquals(
        new Verdict.Unfit("found 0 times and not once in project/Settle: no such text"),
        hunt(gone, 1));
    assertEquals(
        new Verdict.Unfit("found 2 times and not once in project/Settle: table.alias(website, id)"),
        hunt(twice, 1));
  }

  @Test
  void run_withAPatchThatDoesNotCompile_saysSo() {
    // given
    var mutant = Mutant.of("broken", "").in(SETTLE, "return attempts.until(", "return (");
    // when
    var verdict = hunt(mutant, 1);
    // then
    assertInstanceOf(Verdict.Unfit.class, verdict);
  }

  private static Mutant named(String name) {
    return Mutants.ALL.stream()
        .flatMap(one -> one.cases().stream())
        .map(Case::mutant)
        .filter(mutant -> mutant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
