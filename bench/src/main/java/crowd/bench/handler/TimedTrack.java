package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.Wiring;
import crowd.functions.track.TrackHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The track function, which answers what its logs and metrics took, too. */
public final class TimedTrack implements RequestStreamHandler {

  private final Reporting reporting = new Reporting();
  private final RequestStreamHandler handler;

  public TimedTrack() {
    handler = new TrackHandler(reporting.of(Wiring.withStream()));
    TrackHandler.rehearse(wiring -> new TrackHandler(reporting.of(wiring)));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    handler.handleRequest(in, out, context);
    out.write(reporting.said());
  }
}
