package crowd.bench.handler;

import crowd.functions.track.TrackHandler;

public final class UnprimedTrack extends Unprimed {

  public UnprimedTrack() {
    super(TrackHandler::new);
  }
}
