package crowd.bench.handler;

import crowd.functions.Wiring;
import crowd.functions.identify.IdentifyHandler;

public final class TimedIdentify extends Timed {

  public TimedIdentify() {
    super(Wiring::withRowsAndStream, IdentifyHandler::new, IdentifyHandler::rehearse);
  }
}
