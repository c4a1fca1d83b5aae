package crowd.local.faults;

import crowd.local.faults.Past.Erasure;
import crowd.local.surface.Api;
import java.util.List;

/** Nothing is left of who was erased: no byte of what was received up to then. */
final class ErasureRules {

  private final Api api;
  private final List<String> texts;
  private final Findings findings;

  /**
   * @param texts every row of the table and every line of the log
   */
  ErasureRules(Api api, List<String> texts, Findings findings) {
    this.api = api;
    this.texts = texts;
    this.findings = findings;
  }

  void check(Past past) {
    past.history().sent().stream()
        .filter(past::isErased)
        .forEach(sent -> checkGone(past, sent.id()));
    past.erasures().forEach(erasure -> check(past, erasure));
  }

  private void check(Past past, Erasure erasure) {
    for (var user : erasure.users()) {
      if (!past.isNamedAfter(erasure.act(), user)) {
        checkGone(past, user);
        findings.equal(
            404, api.user(user).status(), () -> user + " was erased and is shown in " + past);
      }
    }
  }

  private void checkGone(Past past, String word) {
    findings.equal(
        List.of(),
        texts.stream().filter(text -> text.contains(word)).toList(),
        () -> word + " was erased and is left in " + past);
  }
}
