package crowd.bench.handler;

import crowd.functions.identify.IdentifyHandler;

public final class TimedIdentify extends Timed {

  public TimedIdentify() {
    super(IdentifyHandler::new, IdentifyHandler::rehearse);
  }
}
