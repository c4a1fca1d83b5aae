package crowd.simulation.explore;

import crowd.simulation.explore.Scenario.Limits;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.workload.SentMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scenarios that are explored. */
final class Scenarios {

  private static final String A = Scenario.browser("anon_a");
  private static final String U = Scenario.user("ann");

  private Scenarios() {}

  static Scenario trackIdentify(Limits limits) {
    return messages(
        "track, identify", limits, List.of(), List.of(track("t1", A, 1), identify("i2", U, A, 2)));
  }

  static List<Scenario> all() {
    return List.of(trackIdentify(Limits.NONE.noReconciler()), trackIdentify(Limits.NONE));
  }

  private static Scenario messages(String name, Limits limits, List<Ask> before, List<Ask> asks) {
    return new Scenario(name, before, asks, limits, new MessageRules());
  }

  static Ask track(String label, String anonymous, int second) {
    return new Ask.Send(message(SentMessage.TRACK, label, null, anonymous, second, Map.of()));
  }

  static Ask identify(String label, String user, @Nullable String anonymous, int second) {
    return new Ask.Send(
        message(
            SentMessage.IDENTIFY,
            label,
            user,
            anonymous,
            second,
            Map.of("plan", "\"" + label + "\"")));
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
