package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.Wiring;
import crowd.functions.track.TrackHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The track function, but for its logs and metrics. */
public final class SilentTrack implements RequestStreamHandler {

  private final RequestStreamHandler handler;

  public SilentTrack() {
    handler = new TrackHandler(Wiring.withStream().silent());
    TrackHandler.rehearse(wiring -> new TrackHandler(wiring.silent()));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    handler.handleRequest(in, out, context);
  }
}
