package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.surface.Api.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Behaviours that the field agrees on, each by its number: those about alias. */
@ExtendWith(Running.class)
class AliasConformanceIT {

  private static final Map<String, String> PAGE = Map.of("Origin", "http://localhost:3000");

  private final Api api;
  private String u = "";
  private String u2 = "";
  private String u3 = "";
  private String a = "";

  AliasConformanceIT(Api api) {
    this.api = api;
  }

  /** Every test has people of its own. */
  @BeforeEach
  void people(TestInfo test) {
    people(test.getTestMethod().orElseThrow().getName() + "-" + System.nanoTime());
  }

  private void people(String prefix) {
    u = prefix + "-u";
    u2 = prefix + "-u2";
    u3 = prefix + "-u3";
    a = "anon_" + prefix;
  }

  /** What is read of a person, by any of his ids. */
  private record Seen(String user, String traits, List<String> timeline, List<String> ids) {}

  private Seen seen(String id) {
    return new Seen(
        api.user(id).text("user_id").orElse(""), api.traits(id), api.timeline(id), api.allIds(id));
  }

  /** A user with an anonymous past, a trait of his own and one that all have. */
  private void login(String user, int second) {
    api.track("", "anon_" + user, "before-" + user, second);
    api.identify(user, "anon_" + user, second + 1, "{'last':'%1$s','%1$s':1}".formatted(user));
  }

  @Test
  void c19_theOldIdsResolveToTheSurvivor() {
    // given
    login(u, 1);
    login(u2, 11);
    // when
    api.alias(u, u2, 20);
    // then
    for (var old : List.of(u, "anon_" + u, "anon_" + u2)) {
      var found = api.user(old);
      assertEquals(
          List.of(u2, old),
          List.of(found.text("user_id").orElse(""), found.text("resolved_from").orElse("")));
      assertEquals(seen(u2), seen(old));
    }
  }

  @Test
  void c20_aliasOfAnAnonymousIdIsAClaim() {
    // given
    api.track("", a, "e1", 1);
    // when, then: the outcomes of identify
    assertEquals("created", api.alias(a, u, 2).outcome());
    assertEquals("unchanged", api.alias(a, u, 3).outcome());
    assertEquals("user_switch", api.alias(a, u2, 4).outcome());
    api.reset(a + "-reset", 5);
    assertEquals("retired", api.alias(a + "-reset", u, 6).outcome());
    assertEquals(new Seen(u, "{}", List.of("e1"), List.of(a, u)), seen(u));
    assertEquals(List.of(), api.allIds(u2).stream().filter(a::equals).toList());
  }

  @Test
  void c20_twoAnonymousIdsAreRefused() {
    var answer = api.alias(a, a + "-2", 1);
    assertEquals(400, answer.status());
    assertEquals(List.of("user_id"), answer.each("errors", "field"));
    assertEquals(404, api.user(a).status());
    assertEquals(404, api.user(a + "-2").status());
  }

  @Test
  void c31_aPublicKeyMayNot_aServerMay() {
    // given: only the previous user is known
    login(u, 1);
    var before = seen(u);
    // when, then
    var page = api.post("/alias", PAGE, "{'website':'demo'," + Api.alias(u, u2, 9, "m") + "}");
    assertEquals(403, page.status());
    assertEquals("server_key_required", page.text("code").orElse(""));
    assertEquals(before, seen(u));
    assertEquals(404, api.user(u2).status());
    // when, then
    assertEquals("merged", api.alias(u, u2, 9).outcome());
    assertEquals(new Seen(u2, before.traits(), before.timeline(), api.allIds(u2)), seen(u));
  }

  @Test
  void c32_usersAreMergedAndTakenApart() {
    // given
    login(u, 1);
    login(u2, 11);
    var before = List.of(seen(u), seen(u2));
    // when
    assertEquals("merged", api.alias(u, u2, 20).outcome());
    // then
    assertEquals(
        new Seen(
            u2,
            "{'%1$s':1,'%2$s':1,'last':'%2$s'}".formatted(u, u2),
            List.of("before-" + u, "[identify]", "before-" + u2, "[identify]"),
            List.of("anon_" + u, "anon_" + u2, u, u2)),
        seen(u2));
    assertEquals(List.of("merged_in"), api.user(u2).each("history", "type"));
    assertEquals(List.of(u), api.user(u2).each("history", "user_id"));
    // when
    assertEquals("unlinked", api.unlink(u2, "previous_id", u).outcome());
    // then
    assertEquals(before, List.of(seen(u), seen(u2)));
    assertEquals(List.of("merged_in", "unmerged_from"), api.user(u2).each("history", "type"));
    assertEquals(List.of("merged", "unmerged"), api.user(u).each("history", "type"));
    assertEquals("not_linked", api.unlink(u2, "previous_id", u).outcome());
  }

  @Test
  void c34_aUserWhoWasNeverSeen() {
    // given
    login(u, 1);
    // when
    assertEquals("merged", api.alias(u2, u, 5).outcome());
    api.track(u2, "", "later", 6);
    // then
    assertEquals(List.of("before-" + u, "[identify]", "later"), api.timeline(u));
    assertEquals(u, api.user(u2).text("user_id").orElse(""));
  }

  @Test
  void c49_aChainInEitherOrder() {
    for (boolean reversed : List.of(false, true)) {
      // given
      people(u + reversed);
      login(u, 1);
      login(u2, 11);
      login(u3, 21);
      // when
      var first = reversed ? api.alias(u2, u3, 31) : api.alias(u, u2, 30);
      var second = reversed ? api.alias(u, u2, 30) : api.alias(u2, u3, 31);
      // then
      assertEquals(List.of("merged", "merged"), List.of(first.outcome(), second.outcome()));
      var expected =
          new Seen(
              u3,
              "{'%1$s':1,'%2$s':1,'%3$s':1,'last':'%3$s'}".formatted(u, u2, u3),
              List.of(
                  "before-" + u,
                  "[identify]",
                  "before-" + u2,
                  "[identify]",
                  "before-" + u3,
                  "[identify]"),
              List.of("anon_" + u, "anon_" + u2, "anon_" + u3, u, u2, u3));
      assertEquals(List.of(expected, expected, expected), List.of(seen(u), seen(u2), seen(u3)));
    }
  }

  @Test
  void c50_aCycleIsOnePerson() {
    // given
    login(u, 1);
    login(u2, 11);
    // when, then
    assertEquals("merged", api.alias(u, u2, 20).outcome());
    assertEquals("unchanged", api.alias(u2, u, 21).outcome());
    assertEquals(u2, seen(u).user());
    assertEquals(seen(u2), seen(u));
  }

  @Test
  void c52_whoeverOfTheTwoIsKnown_theEndIsTheSame() {
    for (var previousIsUser : List.of(true, false)) {
      var ends = new HashSet<Seen>();
      for (var knowsPrevious : List.of(true, false)) {
        for (var knowsUser : List.of(true, false)) {
          // given: the same messages, the alias before or behind those of either side
          people("c52-" + System.nanoTime());
          if (knowsPrevious) {
            previous(previousIsUser);
          }
          if (knowsUser) {
            login(u, 11);
          }
          // when
          assertEquals(200, api.alias(u2, u, 20).status());
          if (!knowsPrevious) {
            previous(previousIsUser);
          }
          if (!knowsUser) {
            login(u, 11);
          }
          // then
          assertEquals(seen(u), seen(u2));
          ends.add(anonymised(seen(u)));
        }
      }
      var traits = previousIsUser ? "{'U':1,'U2':1,'last':'U'}" : "{'U':1,'last':'U'}";
      var ids =
          previousIsUser ? List.of("U", "U2", "anon_U", "anon_U2") : List.of("U", "U2", "anon_U");
      var timeline =
          previousIsUser
              ? List.of("before-U2", "[identify]", "before-U", "[identify]")
              : List.of("before-U2", "before-U", "[identify]");
      assertEquals(Set.of(new Seen("U", traits, timeline, ids)), ends);
    }
  }

  /** What there is of the previous id, as a user or as an anonymous id. */
  private void previous(boolean isUser) {
    if (isUser) {
      login(u2, 1);
    } else {
      api.track("", u2, "before-" + u2, 1);
    }
  }

  private Seen anonymised(Seen seen) {
    return new Seen(
        anonymised(seen.user()),
        anonymised(seen.traits()),
        seen.timeline().stream().map(this::anonymised).toList(),
        seen.ids().stream().map(this::anonymised).sorted().toList());
  }

  private String anonymised(String text) {
    return text.replace(u2, "U2").replace(u, "U");
  }

  @Test
  void c53_twiceIsOnce() {
    // given
    login(u, 1);
    login(u2, 11);
    api.alias(u, u2, 20);
    var once = api.user(u2).body();
    // when, then
    assertEquals("unchanged", api.alias(u, u2, 20).outcome());
    assertEquals("unchanged", api.alias(u, u2, 21).outcome());
    assertEquals(once, api.user(u2).body());
  }

  @Test
  void c56_anIdIsMissing() {
    // given
    login(u, 1);
    var before = api.user(u).body();
    // when, then
    assertRefused(api.message("/alias", "'user_id':'%s'".formatted(u)), "previous_id");
    assertRefused(api.message("/alias", "'previous_id':'%s'".formatted(u)), "user_id");
    assertRefused(
        api.message("/alias", "'previous_id':'','user_id':'%s'".formatted(u)), "previous_id");
    assertRefused(
        api.message("/alias", "'previous_id':null,'user_id':'%s'".formatted(u)), "previous_id");
    assertEquals(before, api.user(u).body());
  }

  private static void assertRefused(Answer answer, String field) {
    assertEquals(400, answer.status(), answer::toString);
    assertEquals(List.of(field), answer.each("errors", "field"), answer::toString);
  }

  @Test
  void aliasInABatch() {
    // given
    login(u, 1);
    login(u2, 11);
    var batch =
        "'batch':[{'type':'alias',%s},{'type':'track','user_id':'%s','event':'e','message_id':'e','timestamp':'%s'},{'type':'alias','user_id':'%s'}]"
            .formatted(Api.alias(u, u2, 20, "m1"), u, Api.at(30), u);
    // when: by a page, then by a server
    var page = api.post("/batch", PAGE, "{'website':'demo'," + batch + "}");
    assertEquals("refused", page.each("results", "result").getFirst());
    assertEquals(u, api.user(u).text("user_id").orElse(""));
    var server = api.message("/batch", batch);
    // then
    assertEquals(List.of("ok", "ok", "invalid"), server.each("results", "result"));
    assertEquals(List.of("merged", "", ""), server.each("results", "outcome"));
    assertEquals(
        List.of("before-" + u, "[identify]", "before-" + u2, "[identify]", "e"), api.timeline(u2));
  }
}
