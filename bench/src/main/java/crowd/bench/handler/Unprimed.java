package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/** A function without the calls that warm its clients up. */
public abstract class Unprimed implements RequestStreamHandler {

  private final RequestStreamHandler handler;

  /**
   * @param made the function on a wiring
   */
  Unprimed(Function<Wiring, ? extends RequestStreamHandler> made) {
    handler = made.apply(Parts.unprimed());
  }

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    handler.handleRequest(in, out, context);
  }
}
