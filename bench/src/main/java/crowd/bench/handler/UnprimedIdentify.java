package crowd.bench.handler;

import crowd.functions.identify.IdentifyHandler;

public final class UnprimedIdentify extends Unprimed {

  public UnprimedIdentify() {
    super(IdentifyHandler::new);
  }
}
