package crowd.functions.track;

import crowd.core.identify.Warning;
import crowd.core.json.Json;
import crowd.core.message.MessageType;
import crowd.core.track.Track;
import crowd.core.track.TrackOutcome;
import crowd.core.verify.Sent;
import crowd.functions.Rehearsal;
import crowd.functions.Wiring;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpReply;
import crowd.functions.http.MessageFunction;
import crowd.functions.http.Problem;
import crowd.functions.http.WarningJson;
import java.util.List;

/** An event. */
public final class TrackHandler extends MessageFunction {

  private static final String REHEARSED =
      """
      {"website":"rehearsal","anonymous_id":"anon_1","event":"Viewed","properties":{"price":49.0},"timestamp":"2026-01-01T00:00:00Z"}\
      """;

  private final Track track;

  public TrackHandler() {
    this(Wiring.withStream(nowhere -> rehearse(new TrackHandler(nowhere))));
  }

  /** A call before the first one, of a function whose wiring leads nowhere. */
  public static void rehearse(TrackHandler function) {
    Rehearsal.call(function, "/track", REHEARSED);
  }

  public TrackHandler(Wiring wiring) {
    super(MessageType.TRACK, wiring.edge(), wiring.access());
    this.track = wiring.track();
  }

  @Override
  protected HttpReply handle(Caller caller, Sent sent) {
    var taken = Json.Obj.EMPTY.with("message_id", new Json.Text(sent.message().messageId()));
    return switch (track.apply(caller.website(), sent)) {
      case TrackOutcome.Accepted() -> HttpReply.ok(taken);
      case TrackOutcome.Reported() -> HttpReply.ok(with(taken, Warning.UNVERIFIED));
      case TrackOutcome.TakenAsAnonymous() ->
          HttpReply.ok(with(taken, Warning.TAKEN_AS_ANONYMOUS), "unverified");
      case TrackOutcome.OfBot() -> HttpReply.ok(with(taken, Warning.BOT), "bot");
      case TrackOutcome.Unverified() -> HttpReply.problem(Problem.unverified());
      case TrackOutcome.Unavailable() -> HttpReply.unavailable();
    };
  }

  private static Json.Obj with(Json.Obj taken, Warning warning) {
    return taken.with("warnings", WarningJson.write(List.of(warning)));
  }
}
