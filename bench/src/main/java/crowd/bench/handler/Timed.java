package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.Wiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A function that says behind its answer what its logs and metrics took. */
public abstract class Timed implements RequestStreamHandler {

  private static final Pattern SAID = Pattern.compile("\\[reporting took ([0-9]+) ns]$");

  private final RequestStreamHandler handler;
  private long nanos;

  /**
   * @param start the function's wiring as it is on Lambda, after what it is given was done
   * @param made the function on a wiring
   * @param rehearse takes the call before the first one
   */
  <H extends RequestStreamHandler> Timed(
      Function<Consumer<Wiring>, Wiring> start, Function<Wiring, H> made, Consumer<H> rehearse) {
    var wiring = start.apply(nowhere -> rehearse.accept(made.apply(onTheWatch(nowhere))));
    handler = made.apply(onTheWatch(wiring));
  }

  private Wiring onTheWatch(Wiring wiring) {
    var edge = wiring.edge();
    return wiring.with(
        fields -> timed(() -> edge.log().line(fields)),
        (counter, n) -> timed(() -> edge.metrics().add(counter, n)),
        (function, status, took) -> timed(() -> edge.invocations().ended(function, status, took)));
  }

  private void timed(Runnable report) {
    long began = System.nanoTime();
    report.run();
    nanos += System.nanoTime() - began;
  }

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    handler.handleRequest(in, out, context);
    out.write(("[reporting took " + nanos + " ns]").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Nanoseconds that logs and metrics took from the start of the process to the end of the answer.
   *
   * @param answer with what was said behind it
   */
  public static long nanosOf(String answer) {
    var said = SAID.matcher(answer);
    if (!said.find()) {
      throw new IllegalArgumentException("nothing is said of reports in " + answer);
    }
    return Long.parseLong(said.group(1));
  }
}
