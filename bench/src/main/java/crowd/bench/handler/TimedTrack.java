package crowd.bench.handler;

import crowd.functions.track.TrackHandler;

public final class TimedTrack extends Timed {

  public TimedTrack() {
    super(TrackHandler::new, TrackHandler::rehearse);
  }
}
