package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.track.TrackHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The track function without the calls that warm its clients up. */
public final class UnprimedTrack implements RequestStreamHandler {

  private final RequestStreamHandler handler = new TrackHandler(Parts.unprimed());

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    handler.handleRequest(in, out, context);
  }
}
