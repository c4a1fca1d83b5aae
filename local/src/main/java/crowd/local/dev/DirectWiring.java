package crowd.local.dev;

import crowd.core.message.RandomIds;
import crowd.core.observe.Metrics;
import crowd.core.store.Store;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Stream;
import crowd.functions.Wiring;
import crowd.functions.http.Log;
import java.io.PrintStream;
import java.time.InstantSource;

/**
 * The use cases for a process that ends soon, beside a run that has the table's folder or without
 * one: what they put on the stream is consumed before the append answers, since the log belongs to
 * the run.
 */
public final class DirectWiring {

  private DirectWiring() {}

  public static Wiring on(Store store) {
    var clock = InstantSource.system();
    var consumer = wiring(store, _ -> AppendOutcome.UNKNOWN, clock).project();
    return wiring(store, new DirectStream(consumer, clock), clock);
  }

  /**
   * As on Lambda, what the functions log and count included.
   *
   * @param out takes their lines
   */
  public static Wiring reporting(Store store, InstantSource clock, PrintStream out) {
    var consumer = wiring(store, _ -> AppendOutcome.UNKNOWN, clock).project();
    return Wiring.reporting(out, store, new DirectStream(consumer, clock), clock, new RandomIds());
  }

  private static Wiring wiring(Store store, Stream stream, InstantSource clock) {
    return new Wiring(store, stream, clock, new RandomIds(), Log.NONE, Metrics.NONE);
  }
}
