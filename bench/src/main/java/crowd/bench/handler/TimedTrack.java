package crowd.bench.handler;

import crowd.functions.Wiring;
import crowd.functions.track.TrackHandler;

public final class TimedTrack extends Timed {

  public TimedTrack() {
    super(Wiring::withStream, TrackHandler::new, TrackHandler::rehearse);
  }
}
