package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.surface.Api.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Behaviours that the field agrees on, each by its number: undo, erasure, limits. */
@ExtendWith(Running.class)
class UndoConformanceIT {

  private final Stage stage;
  private final Api api;
  private String u = "";
  private String u2 = "";
  private String a = "";

  UndoConformanceIT(Stage stage) {
    this.stage = stage;
    this.api = stage.api(Running.CONTRACT);
  }

  /** Every test has people of its own, and a moment for what it does. */
  @BeforeEach
  void people(TestInfo test) {
    var prefix = test.getTestMethod().orElseThrow().getName() + "-" + System.nanoTime();
    u = prefix + "-u";
    u2 = prefix + "-u2";
    a = "anon_" + prefix;
    stage.pass(Duration.ofHours(1));
  }

  private record Seen(
      String traits,
      List<String> timeline,
      List<String> identities,
      List<String> aliases,
      String firstSeen,
      String lastSeen) {}

  private Seen seen(String id) {
    var user = api.user(id);
    return new Seen(
        api.traits(id),
        api.timeline(id),
        api.identities(id),
        user.each("aliases", "user_id"),
        user.text("first_seen").orElse(""),
        user.text("last_seen").orElse(""));
  }

  private static Seen seen(
      String traits, List<String> timeline, List<String> identities, int first, int last) {
    return new Seen(traits, timeline, identities, List.of(), "" + Api.at(first), "" + Api.at(last));
  }

  // Unlink

  @Test
  void c110_linkedAndUnlinked() {
    // given
    api.track("", a, "e1", 1);
    api.track(u, "", "u1", 2);
    api.identify(u, a, 3, "{'plan':'pro'}");
    api.track("", a, "e2", 4);
    assertEquals(List.of("e1", "u1", "[identify]", "e2"), api.timeline(u));
    // when
    assertEquals("unlinked", api.unlink(u, "anonymous_id", a).outcome());
    api.track("", a, "e3", 5);
    api.identify(u, "", 6, "{'own':1}");
    // then: at once, and in the end
    var expected =
        seen("{'own':1,'plan':'pro'}", List.of("u1", "[identify]", "[identify]"), List.of(), 2, 6);
    assertEquals(expected.timeline(), api.timeline(u));
    assertEquals(404, api.user(a).status());
    stage.settleDown();
    assertEquals(expected, seen(u));
    // when: whom it belonged to really
    assertEquals("created", api.identify(u2, a, 7).outcome());
    // then
    assertEquals(List.of("e1", "e2", "e3", "[identify]"), api.timeline(u2));
    assertEquals(expected, seen(u));
  }

  @Test
  void unlink_beforeAnythingCame() {
    // given
    assertEquals(404, api.unlink(u, "anonymous_id", a).status());
    api.identify(u, "", 1);
    assertEquals("not_linked", api.unlink(u, "anonymous_id", a).outcome());
    // when
    api.track("", a, "e1", 2);
    api.identify(u, a, 3);
    // then: there was nothing to take back
    assertEquals(List.of("[identify]", "e1", "[identify]"), api.timeline(u));
  }

  @Test
  void unlink_thenTheWholeStreamAgain() {
    // given: linked by the request, by an event with both ids, and a second claimant
    api.track("", a, "e1", 1);
    api.identify(u, a, 2);
    api.track(u, a, "both", 3);
    api.track("", a + "-2", "f1", 1);
    api.track(u, a + "-2", "f2", 5);
    api.track(u2, a, "other", 4);
    assertEquals(List.of(a, a + "-2"), api.identities(u));
    // when
    for (var id : List.of(a, a + "-2")) {
      assertEquals("unlinked", api.unlink(u, "anonymous_id", id).outcome());
    }
    var expected =
        List.of(List.of("[identify]", "both", "f2"), List.<String>of(), List.of("other"));
    // then: at once, after a replay, when all is swept, and after another
    assertEquals(expected, mine());
    stage.replay();
    assertEquals(expected, mine());
    stage.settleDown();
    assertEquals(expected, mine());
    var rows = mentioning(u);
    stage.replay();
    stage.settleDown();
    assertEquals(expected, mine());
    assertEquals(rows, mentioning(u));
  }

  private List<List<String>> mine() {
    return List.of(api.timeline(u), api.identities(u), api.timeline(u2));
  }

  /** Rows of the table in some order that is always the same. */
  private List<String> mentioning(String text) {
    return stage.rows().stream().filter(row -> row.contains(text)).sorted().toList();
  }

  @Test
  void c112_mergedAndTakenApart() {
    // given
    api.track("", a, "e1", 1);
    api.identify(u, a, 2, "{'x':1}");
    api.identify(u2, "", 3, "{'x':2,'y':2}");
    var expectedOther = seen("{'x':2,'y':2}", List.of("[identify]"), List.of(), 3, 3);
    // when: and each goes on while they are one
    assertEquals("merged", api.alias(u, u2, 4).outcome());
    assertEquals("{'x':2,'y':2}", api.traits(u2));
    api.track(u, "", "while", 5);
    api.identify(u, "", 6, "{'z':3}");
    assertEquals("unlinked", api.unlink(u2, "previous_id", u).outcome());
    // then: as if they had never been merged, at once and in the end
    var expected =
        seen("{'x':1,'z':3}", List.of("e1", "[identify]", "while", "[identify]"), List.of(a), 1, 6);
    assertEquals(List.of(expected, expectedOther), List.of(seen(u), seen(u2)));
    stage.replay();
    stage.settleDown();
    assertEquals(List.of(expected, expectedOther), List.of(seen(u), seen(u2)));
  }

  @Test
  void c112_mergedBeforeEitherWasSeen_andTakenApart() {
    // given
    assertEquals("merged", api.alias(u, u2, 1).outcome());
    api.track(u, "", "mine", 2);
    api.track("", u, "under-the-same-id", 3);
    api.track(u2, "", "other", 4);
    assertEquals(List.of("mine", "under-the-same-id", "other"), api.timeline(u2));
    // when
    assertEquals("unlinked", api.unlink(u2, "previous_id", u).outcome());
    // then
    assertEquals(List.of("mine"), api.timeline(u));
    assertEquals(List.of("other"), api.timeline(u2));
    stage.replay();
    stage.settleDown();
    assertEquals(List.of("mine"), api.timeline(u));
    assertEquals(List.of("other"), api.timeline(u2));
  }

  @Test
  void c118_everyDecisionLeavesARow() {
    // given
    var began = Instant.now();
    api.message("/identify", decision(u, a, "m-link", 1));
    api.message("/identify", decision(u2, a, "m-switch", 2));
    api.message(
        "/users/" + u + "/unlink", "'anonymous_id':'%s','message_id':'m-unlink'".formatted(a));
    api.message("/identify", decision(u, a + "-2", "m-link-2", 3));
    // then: a link that stands, and what was decided beside
    var user = api.user(u);
    assertEquals(List.of(a + "-2"), user.each("identities", "anonymous_id"));
    assertEquals(List.of("m-link-2"), user.each("identities", "message_id"));
    assertEquals(List.of("identify"), user.each("identities", "source"));
    assertEquals(List.of("claimed_by_other", "unlinked"), user.each("history", "type"));
    assertEquals(List.of("m-switch", "m-unlink"), user.each("history", "message_id"));
    assertEquals(List.of("identify", "unlink"), user.each("history", "source"));
    assertEquals(List.of(a, a), user.each("history", "anonymous_id"));
    assertEquals(List.of("claimed_by_other"), user.each("warnings", "code"));
    var other = api.user(u2);
    assertEquals(List.of("user_switch"), other.each("history", "type"));
    assertEquals(List.of("m-switch"), other.each("history", "message_id"));
    assertEquals(List.of(u), other.each("history", "user_id"));
    Stream.of(user, other)
        .flatMap(answer -> answer.each("history", "at").stream())
        .forEach(at -> assertTrue(Instant.parse(at).isAfter(began), at));
  }

  private static String decision(String user, String id, String messageId, int second) {
    return "'user_id':'%s','anonymous_id':'%s','message_id':'%s','timestamp':'%s'"
        .formatted(user, id, messageId, Api.at(second));
  }

  // Repeats

  @Test
  void c89_theSameMessageAgain_minutesAndDaysLater() {
    for (var later : List.of(Duration.ZERO, Duration.ofMinutes(10), Duration.ofHours(25))) {
      stage.pass(later);
      api.track("", a, "timed", 1);
      api.message("/track", "'anonymous_id':'%1$s','event':'e','message_id':'%1$s'".formatted(a));
    }
    api.identify(u, a, 2);
    stage.pass(Duration.ofDays(8));
    api.track("", a, "timed", 1);
    api.message("/track", "'anonymous_id':'%1$s','event':'e','message_id':'%1$s'".formatted(a));
    assertEquals(List.of("[identify]", "e", "timed"), api.timeline(u).stream().sorted().toList());
  }

  // Limits

  @Test
  void c64_aThousandBrowsersOfOneUserWithinTheHour() {
    // when
    var outcomes = new ArrayList<String>();
    for (int from = 0; from < 1000; from += 250) {
      var batch =
          IntStream.range(from, from + 250)
              .mapToObj(i -> "{'type':'identify'," + decision(u, a + "-" + i, "m" + i, i) + "}")
              .toList();
      var answer = api.message("/batch", "'batch':[" + String.join(",", batch) + "]");
      outcomes.addAll(answer.each("results", "outcome"));
    }
    // then
    var expected = new ArrayList<>(List.of("created"));
    expected.addAll(Collections.nCopies(19, "linked"));
    expected.addAll(Collections.nCopies(980, "refused_limit"));
    assertEquals(expected, outcomes);
    var user = api.user(u);
    assertEquals(20, user.each("identities", "anonymous_id").size());
    assertEquals(List.of("refused_limit"), user.each("history", "type"));
    assertEquals(List.of("refused_limit"), user.each("warnings", "code"));
    assertEquals(1000, api.timeline(u).size());
    // when, then: in the next hour again
    stage.pass(Duration.ofHours(1));
    assertEquals("linked", api.identify(u, a + "-more", 2000).outcome());
  }

  // Erasure

  /** A person all of whose strings hold one word; the groups that he is in do not. */
  private void person(String word) {
    api.track("", a, "viewed-" + word, 1);
    api.message(
        "/track",
        "'anonymous_id':'%s','event':'bought-%s','properties':{'secret':'%s'},'message_id':'untimed-%s'"
            .formatted(a, word, word, word));
    api.identify(u, a, 3, "{'email':'%1$s@example.com','name':'%1$s'}".formatted(word));
    api.track(u, a + "-2", "came-" + word, 4);
    api.group(u, "", "company", "{'size':7}", 5);
    api.identify(u2, "", 6);
    api.identify(u, a + "-3", 7);
    // Two users claim one id, and one is merged in.
    api.identify(u2, "anon_other-" + u2.hashCode(), 8);
    api.identify(u, "anon_other-" + u2.hashCode(), 9);
    api.alias("old-" + word, u, 10);
    api.track("old-" + word, "", "old-event-" + word, 11);
  }

  private List<String> found(String word) {
    return Stream.concat(stage.rows().stream(), stage.lines().stream())
        .filter(text -> text.contains(word))
        .toList();
  }

  private List<Integer> statuses(String... ids) {
    return Stream.of(ids).map(api::user).map(Answer::status).toList();
  }

  /** A word of letters and digits: escaping never hides it. */
  private void word(String word) {
    u = "u" + word;
    a = "anon_" + word;
    u2 = "other" + Long.toString(System.nanoTime(), 36);
  }

  @Test
  void erased_nothingIsFound_neitherAfterAFullReplay() {
    // given
    var word = "w" + Long.toString(System.nanoTime(), 36) + "x";
    word(word);
    person(word);
    assertEquals(List.of(200, 200, 200, 200), statuses(u, a, a + "-2", "old-" + word));
    assertEquals(List.of("company"), api.user(u).each("groups", "group_id"));
    assertNotEquals(List.of(), found(word));
    // when
    var erased = api.erase("old-" + word);
    // then: at once, and after a replay while the tombstones stand
    assertEquals(202, erased.status(), erased::toString);
    assertGone(word);
    stage.replay();
    assertGone(word);
    // then: after the second sweep not a byte, in the table, in quarantine, in the log's lines
    stage.settleDown();
    assertEquals(List.of(), found(word));
    // then: nor after a replay long after, in which nothing says any more who he was
    stage.replay();
    assertEquals(List.of(), found(word));
    stage.pass(Duration.ofDays(6));
    stage.replay();
    stage.settleDown();
    assertEquals(List.of(), found(word));
    assertGone(word);
    assertEquals(List.of("[identify]", "[identify]"), api.timeline(u2));
  }

  private void assertGone(String word) {
    assertEquals(List.of(404, 404, 404, 404), statuses(u, a, a + "-2", "old-" + word));
    for (var query : List.of(word, u, a)) {
      assertEquals(List.of(), api.get("/users?query=" + query).each("users", "user_id"));
    }
    assertEquals(404, api.erase("nobody-" + word).status());
  }

  @Test
  void c106_theSameIdAgainIsSomebodyNew() {
    // given
    api.track("", a, "e1", 1);
    api.identify(u, a, 2, "{'plan':'pro'}");
    api.group(u, "", "company", "{}", 3);
    assertEquals(202, api.erase(u).status());
    // when: at once, with an anonymous id of before and a new one
    assertEquals("created", api.identify(u, a, 10, "{'new':1}").outcome());
    api.track("", a + "-2", "n1", 11);
    api.identify(u, a + "-2", 12);
    // then: at once, after a replay, and when all is swept
    var expected =
        seen("{'new':1}", List.of("[identify]", "n1", "[identify]"), List.of(a, a + "-2"), 10, 12);
    assertEquals(expected, seen(u));
    stage.replay();
    assertEquals(expected, seen(u));
    stage.settleDown();
    assertEquals(expected, seen(u));
    stage.replay();
    assertEquals(expected, seen(u));
    assertEquals(List.of(), api.user(u).each("groups", "group_id"));
  }

  @Test
  void erase_beforeAnythingCame() {
    // given
    assertEquals(404, api.erase(u).status());
    // when
    api.track("", a, "e1", 1);
    api.identify(u, a, 2);
    // then
    assertEquals(List.of("e1", "[identify]"), api.timeline(u));
  }
}
