package crowd.functions.track;

import crowd.core.json.Json;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.track.Track;
import crowd.core.track.TrackOutcome;
import crowd.functions.Wiring;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpReply;
import crowd.functions.http.MessageFunction;

/** An event. */
public final class TrackHandler extends MessageFunction {

  private final Track track;

  public TrackHandler() {
    this(Wiring.withStream());
  }

  public TrackHandler(Wiring wiring) {
    super(MessageType.TRACK, wiring.edge(), wiring.access());
    this.track = wiring.track();
  }

  @Override
  protected HttpReply handle(Caller caller, Message message) {
    return switch (track.apply(caller.website(), message)) {
      case TrackOutcome.Accepted() ->
          HttpReply.ok(Json.Obj.EMPTY.with("message_id", new Json.Text(message.messageId())));
      case TrackOutcome.Unavailable() -> HttpReply.unavailable();
    };
  }
}
