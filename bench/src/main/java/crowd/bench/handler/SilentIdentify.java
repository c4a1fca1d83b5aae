package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.Wiring;
import crowd.functions.identify.IdentifyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The identify function, but for its logs and metrics. */
public final class SilentIdentify implements RequestStreamHandler {

  private final RequestStreamHandler handler;

  public SilentIdentify() {
    handler = new IdentifyHandler(Wiring.withStream().silent());
    IdentifyHandler.rehearse(wiring -> new IdentifyHandler(wiring.silent()));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    handler.handleRequest(in, out, context);
  }
}
