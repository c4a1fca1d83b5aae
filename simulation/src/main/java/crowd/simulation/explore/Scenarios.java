package crowd.simulation.explore;

import crowd.simulation.explore.Scenario.Appearance;
import crowd.simulation.explore.Scenario.Limits;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.workload.SentMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scenarios that are explored. */
final class Scenarios {

  private static final String A = Scenario.browser("anon_a");
  private static final String ANN = Scenario.user("ann");
  private static final String BEN = Scenario.user("ben");
  private static final String CID = Scenario.user("cid");

  private static final Ask TRACK = track("t1", null, A, 1);
  private static final Ask IDENTIFY = identify("i2", ANN, A, 2);

  private Scenarios() {}

  static List<Scenario> all() {
    var one = Limits.NONE;
    return List.of(
        trackIdentify(one),
        trackIdentify(one.crash()),
        trackIdentify(one.crash().duplicate()),
        trackIdentify(one.failure()),
        trackIdentify(one.appearing(Appearance.IN_ANY_ORDER)),
        twoTracks(one),
        twoUsers(one),
        reset(one, 1),
        reset(one, 5),
        unlink(one),
        unlink(one.crash()),
        erase(one.directory()),
        erase(one.directory().crash()),
        threeMerges(one),
        threeMerges(one.crash()),
        mergeUnmerge(one),
        mergeUnmerge(one.crash()),
        shared(one),
        trackUnlink(one.crash()),
        trackUnlink(one.failure()),
        relink(one),
        relink(one.crash()),
        relink(one.duplicate().failure().noReconciler().appearing(Appearance.AT_ONCE)),
        unlink(one.crash().appearing(Appearance.AT_ONCE).noReconciler()),
        erase(one.directory().crash().noReconciler()),
        trackIdentify(one.crash().duplicate().noReconciler()),
        trackIdentify(one.failure().noReconciler()),
        twoUsers(one.noReconciler()),
        reset(one.noReconciler(), 1),
        reset(one.noReconciler(), 5),
        unlink(one.noReconciler()),
        shared(one.noReconciler()),
        relink(one.noReconciler().crash()),
        trackErase(one.directory().crash()),
        eraseUserEvent(one.directory().duplicate()),
        twoTraits(one),
        batch(one.failure()));
  }

  static Scenario trackIdentify(Limits limits) {
    return messages("track, identify", limits, List.of(), List.of(TRACK, IDENTIFY));
  }

  static Scenario twoTracks(Limits limits) {
    return messages(
        "two tracks, identify",
        limits,
        List.of(),
        List.of(TRACK, track("t3", null, A, 3), IDENTIFY));
  }

  static Scenario twoUsers(Limits limits) {
    return messages(
        "track, identify of two users",
        limits,
        List.of(),
        List.of(TRACK, IDENTIFY, identify("i3", BEN, A, 3)));
  }

  /**
   * @param second of the event; the reset is at 4
   */
  static Scenario reset(Limits limits, int second) {
    return messages(
        "track at " + second + ", identify, reset",
        limits,
        List.of(),
        List.of(track("t" + second, null, A, second), IDENTIFY, reset("r4", A, 4)));
  }

  static Scenario unlink(Limits limits) {
    return new Scenario(
        "track, identify, unlink",
        List.of(),
        List.of(TRACK, IDENTIFY, new Ask.Unlink(ANN, A)),
        limits,
        TableRules.with((past, rows) -> {
          var wrong = new ArrayList<String>();
          if (past.talks().get(1).sent().size() == 1) {
            switch (past.talks().get(2).onlyWord()) {
              case "UNLINKED" -> expect(wrong, rows.owner(A) == null, "unlinked, and still hers");
              case "NOT_LINKED" ->
                  expect(wrong, ANN.equals(rows.owner(A)), "not unlinked, and not hers");
              default -> {}
            }
          }
          return wrong;
        }));
  }

  /** An event that comes while the id is taken from its owner. */
  static Scenario trackUnlink(Limits limits) {
    return new Scenario(
        "track while unlinked",
        List.of(IDENTIFY),
        List.of(TRACK, new Ask.Unlink(ANN, A)),
        limits,
        TableRules.with((_, rows) -> rows.owner(A) == null ? List.of() : List.of("still hers")));
  }

  static Scenario relink(Limits limits) {
    return new Scenario(
        "unlink, identify again",
        List.of(TRACK, IDENTIFY),
        List.of(new Ask.Unlink(ANN, A), identify("i3", ANN, A, 3)),
        limits,
        TableRules.with((past, rows) -> {
          // An unlink that had to be sent again, or to try again, may take the new link too.
          boolean isLast =
              limits.failures() == 0
                  && past.talks().get(2).sent().size() == 1
                  && past.talks().get(3).onlyWord().equals("LINKED");
          return isLast && !ANN.equals(rows.owner(A))
              ? List.of("linked again, and not hers")
              : List.of();
        }));
  }

  static Scenario erase(Limits limits) {
    return new Scenario(
        "track, identify, erase",
        List.of(),
        List.of(TRACK, IDENTIFY, new Ask.Erase(ANN)),
        limits,
        TableRules.with((past, rows) -> {
          var wrong = erased(past, rows, 2);
          long at = rows.userErasedAt(ANN);
          var identify = past.talks().get(1);
          if (identify.sent().getFirst().receivedAt() <= at && !identify.onlyWord().isEmpty()) {
            expect(wrong, rows.idErasedAt(A) >= at, "her anonymous id was not erased");
          }
          return wrong;
        }));
  }

  /** An event of an id that is hers, before her erasure or after it. */
  static Scenario trackErase(Limits limits) {
    return new Scenario(
        "track while erased",
        List.of(IDENTIFY),
        List.of(TRACK, new Ask.Erase(ANN)),
        limits,
        TableRules.with((past, rows) -> erased(past, rows, 2)));
  }

  static Scenario eraseUserEvent(Limits limits) {
    return new Scenario(
        "user's track, erase",
        List.of(identify("i2", ANN, null, 2)),
        List.of(track("t3", ANN, null, 3), new Ask.Erase(ANN)),
        limits,
        TableRules.with((past, rows) -> erased(past, rows, 2)));
  }

  /** What is left of a user who was erased by this ask, where nothing came after. */
  private static List<String> erased(Past past, RawRows rows, int ask) {
    var wrong = new ArrayList<String>();
    long at = rows.userErasedAt(ANN);
    boolean isErased =
        past.talks().get(ask).sent().stream()
            .anyMatch(
                sent -> sent.answer() != null && sent.answer().words().equals(List.of("ERASED")));
    expect(wrong, !isErased || at != Long.MIN_VALUE, "erased, and not remembered");
    boolean isLater =
        past.talks().stream()
            .filter(talk ->
                talk.ask().messages().stream().anyMatch(message -> ANN.equals(message.user())))
            .anyMatch(talk -> talk.sent().getLast().receivedAt() > at);
    if (!isLater) {
      for (var row : rows.all()) {
        for (var secret : List.of(ANN, MAIL)) {
          expect(wrong, !RawRows.says(row, secret), row.key() + " still says " + secret);
        }
      }
    }
    return wrong;
  }

  private static final String MAIL = "ann@example";

  static Scenario threeMerges(Limits limits) {
    return new Scenario(
        "three merges in a circle",
        List.of(),
        List.of(new Ask.Merge(ANN, BEN), new Ask.Merge(BEN, CID), new Ask.Merge(CID, ANN)),
        limits,
        TableRules.with((_, rows) -> {
          var wrong = new ArrayList<String>();
          long roots = rows.users().stream().filter(user -> rows.parent(user) == null).count();
          expect(wrong, roots == 1, roots + " persons, and not one");
          expect(wrong, rows.users().equals(Set.of(ANN, BEN, CID)), "users are missing");
          return wrong;
        }));
  }

  static Scenario mergeUnmerge(Limits limits) {
    return new Scenario(
        "merge, unmerge, user's track",
        List.of(identify("i1", ANN, null, 1), identify("i2", BEN, null, 2)),
        List.of(new Ask.Merge(ANN, BEN), new Ask.Unmerge(ANN, BEN), track("t3", ANN, null, 3)),
        limits,
        TableRules.with((past, rows) -> {
          var wrong = new ArrayList<String>();
          if (past.talks().get(2).sent().size() == 1) {
            switch (past.talks().get(3).onlyWord()) {
              case "UNMERGED" -> expect(wrong, rows.parent(ANN) == null, "unmerged, and merged");
              case "UNCHANGED" ->
                  expect(wrong, BEN.equals(rows.parent(ANN)), "not unmerged, and not merged");
              default -> {}
            }
          }
          return wrong;
        }));
  }

  static Scenario shared(Limits limits) {
    return messages(
        "three users of one id, track",
        limits,
        List.of(IDENTIFY),
        List.of(identify("i3", BEN, A, 3), identify("i4", CID, A, 4), TRACK));
  }

  static Scenario twoTraits(Limits limits) {
    return messages(
        "two identifies of one user",
        limits,
        List.of(),
        List.of(identify("i2", ANN, null, 2), identify("i3", ANN, null, 3)));
  }

  static Scenario batch(Limits limits) {
    return messages(
        "batch of track and identify",
        limits,
        List.of(),
        List.of(
            new Ask.SendBatch(
                List.of(TRACK.messages().getFirst(), IDENTIFY.messages().getFirst()))));
  }

  private static Scenario messages(String name, Limits limits, List<Ask> before, List<Ask> asks) {
    return new Scenario(name, before, asks, limits, new MessageRules().and(new TableRules()));
  }

  private static void expect(List<String> wrong, boolean holds, String otherwise) {
    if (!holds) {
      wrong.add(otherwise);
    }
  }

  private static Ask track(
      String label, @Nullable String user, @Nullable String anonymous, int second) {
    return new Ask.Send(message(SentMessage.TRACK, label, user, anonymous, second, Map.of()));
  }

  private static Ask reset(String label, String anonymous, int second) {
    return new Ask.Send(message(SentMessage.RESET, label, null, anonymous, second, Map.of()));
  }

  private static Ask identify(String label, String user, @Nullable String anonymous, int second) {
    var traits = Map.of("plan", "\"" + label + "\"", "email", "\"" + MAIL + "\"");
    return new Ask.Send(
        message(
            SentMessage.IDENTIFY, label, user, anonymous, second, Objects.requireNonNull(traits)));
  }

  private static SentMessage message(
      String type,
      String label,
      @Nullable String user,
      @Nullable String anonymous,
      int second,
      Map<String, String> traits) {
    return new SentMessage(
        type,
        Scenario.WEBSITE,
        user,
        anonymous,
        "m-" + label,
        Scheduler.START - 60_000 + second * 1000L,
        null,
        label,
        traits,
        Map.of());
  }
}
