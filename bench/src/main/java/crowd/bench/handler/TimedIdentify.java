package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.Wiring;
import crowd.functions.identify.IdentifyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The identify function, which answers what its logs and metrics took, too. */
public final class TimedIdentify implements RequestStreamHandler {

  private final Reporting reporting = new Reporting();
  private final RequestStreamHandler handler;

  public TimedIdentify() {
    handler = new IdentifyHandler(reporting.of(Wiring.withStream()));
    IdentifyHandler.rehearse(wiring -> new IdentifyHandler(reporting.of(wiring)));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    handler.handleRequest(in, out, context);
    out.write(reporting.said());
  }
}
