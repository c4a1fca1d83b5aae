package crowd.simulation.check;

import crowd.core.json.JsonReader;
import crowd.core.message.Arrival;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageParser.Parsed;
import crowd.core.message.MessageType;
import crowd.core.message.RandomIds;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.schedule.SeededChoices;
import crowd.simulation.schedule.Trace;
import crowd.simulation.workload.Request;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.Branches;
import crowd.simulation.world.FaultKind;
import crowd.simulation.world.History;
import crowd.simulation.world.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of identifies that want to merge strangers: ids that many share, ids that stand for
 * nobody, claims at once. The oracle says what is a wrong merge.
 */
public final class WrongMerges {

  /** One sequence in so many is of a hundred users on one anonymous id. */
  private static final int CROWD_ONE_IN = 500;

  private static final int CROWD = 100;

  private static final List<String> JUNK =
      List.of(
          "anonymous",
          "guest",
          "null",
          "undefined",
          "none",
          "nan",
          "true",
          "0",
          "-1",
          "000",
          "00000000-0000-0000-0000-000000000000",
          "[object object]",
          "{}",
          "[]",
          "user_id",
          "{{user_id}}",
          "${user.id}",
          "n/a",
          "unknown",
          "email",
          "");

  private final MessageParser parser = new MessageParser(new RandomIds());

  private WrongMerges() {}

  public static Tally run(long sequences) {
    return Tally.of(sequences, new WrongMerges()::judge);
  }

  private Optional<String> judge(long seed) {
    var choices = new SeededChoices(seed);
    var junk = variant(choices, JUNK.get(choices.next(JUNK.size())));
    if (isTaken(junk)) {
      return Optional.of("the user id " + junk + " was taken");
    }
    var plan =
        Plan.of(seed).withRequests(requests(choices)).without(EnumSet.allOf(FaultKind.class));
    return new History(plan, new Trace(false), new Branches())
        .run()
        .filter(found -> found.kind() == Kind.MISATTRIBUTED || found.kind() == Kind.RESURRECTED)
        .map(Violation::toString);
  }

  private static List<Request> requests(SeededChoices choices) {
    boolean isCrowd = choices.oneIn(CROWD_ONE_IN);
    int users = isCrowd ? CROWD : 2 + choices.next(4);
    int size = isCrowd ? CROWD : 3 + choices.next(6);
    var requests = new ArrayList<Request>();
    for (int i = 0; i < size; i++) {
      var user = isCrowd ? "u" + i : "u" + choices.next(users);
      var browser = "anon_" + (isCrowd ? 0 : choices.next(2));
      requests.add(
          new Request.Single(
              switch (choices.next(6)) {
                case 0 -> message(SentMessage.TRACK, null, browser, i, choices);
                case 1 -> message(SentMessage.TRACK, user, browser, i, choices);
                case 2 ->
                    isCrowd || choices.oneIn(2)
                        ? message(SentMessage.IDENTIFY, user, browser, i, choices)
                        : message(SentMessage.RESET, null, browser, i, choices);
                default -> message(SentMessage.IDENTIFY, user, browser, i, choices);
              }));
    }
    return requests;
  }

  private static SentMessage message(
      String type, @Nullable String user, String browser, int i, SeededChoices choices) {
    return new SentMessage(
        type,
        "shop",
        user,
        browser,
        "m" + i,
        Scheduler.START + (choices.next(20) - 10) * 1000L,
        null,
        "e" + i,
        Map.of(),
        Map.of());
  }

  /** As programs write such a value. */
  private static String variant(SeededChoices choices, String junk) {
    return switch (choices.next(4)) {
      case 0 -> junk.toUpperCase(Locale.ROOT);
      case 1 -> " " + junk + "\\t";
      case 2 -> "'" + junk + "'";
      default -> junk;
    };
  }

  private boolean isTaken(String id) {
    var json =
        JsonReader.readOwnObject(
            "{\"anonymous_id\":\"anon_0\",\"user_id\":\"" + id + "\",\"message_id\":\"m\"}");
    var arrival =
        new Arrival(Instant.ofEpochMilli(Scheduler.START), false, Set.of(), Duration.ofDays(365));
    return parser.parse(MessageType.IDENTIFY, json, Optional.empty(), arrival)
        instanceof Parsed.Valid;
  }
}
