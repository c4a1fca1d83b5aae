package crowd.local.check;

import crowd.core.store.MeteredStore;
import crowd.core.store.Units;
import crowd.core.store.memory.Faults;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.website.WebsiteAdmin;
import crowd.local.dev.Demo;
import crowd.local.dev.DirectWiring;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.function.LocalFunctions;
import crowd.local.http.DirectFront;
import crowd.local.http.HttpFront;
import crowd.local.http.Reply;
import crowd.local.template.TemplateReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions behind their HTTP front, on a table in memory. What they put on the stream is
 * consumed before they answer, so that nothing is under way between two calls. Its clock stands
 * still until it is moved.
 */
final class InMemoryRun implements AutoCloseable {

  private static final Set<Faults.Operation> WRITES =
      Set.of(Faults.Operation.WRITE, Faults.Operation.TRANSACT, Faults.Operation.PUT_ALL);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ByteArrayOutputStream reported = new ByteArrayOutputStream();
  private final AtomicLong writes = new AtomicLong();
  private final InMemoryStore store = new InMemoryStore(new Watch());
  private final MeteredStore metered = new MeteredStore(store);
  private final WebsiteAdmin websites = new WebsiteAdmin(store, this::now);
  private final Map<String, LocalFunction> functions;
  private final HttpFront front;
  private final DirectFront direct;
  private volatile Instant now = InstantSource.system().instant();
  private volatile @Nullable Runnable trouble;

  private InMemoryRun() throws IOException {
    var template =
        TemplateReader.read(Path.of(System.getProperty("crowd.root", "."), "template.yaml"));
    var out = new PrintStream(reported, true, StandardCharsets.UTF_8);
    Demo.addTo(websites);
    functions = LocalFunctions.of(template, DirectWiring.reporting(metered, this::now, out));
    BiConsumer<String, Invocation> defects =
        (function, ending) -> out.println(function + " did not answer: " + ending);
    front = HttpFront.start(0, template, functions, this::now, defects);
    direct = new DirectFront(template, functions, this::now, defects);
  }

  static InMemoryRun start() {
    try {
      return new InMemoryRun();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts what is written, and is in the way where it is told to. */
  private final class Watch implements Faults {

    @Override
    public void before(Step step) {
      var cause = trouble;
      if (cause != null) {
        cause.run();
      }
    }

    @Override
    public void after(Step step) {
      if (WRITES.contains(step.operation())) {
        writes.incrementAndGet();
      }
    }
  }

  private Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Has each step of the store run this first; what it throws ends the call. */
  void trouble(Runnable cause) {
    trouble = cause;
  }

  void endTrouble() {
    trouble = null;
  }

  WebsiteAdmin websites() {
    return websites;
  }

  InMemoryStore store() {
    return store;
  }

  /** Writes to the table so far, of any kind: a call that is refused makes none. */
  long writes() {
    return writes.get();
  }

  /** What the functions used of the table so far. */
  Units units() {
    return metered.units();
  }

  /** All that was logged and counted so far. */
  String reported() {
    return reported.toString(StandardCharsets.UTF_8);
  }

  /** Calls a function that no route leads to. */
  Invocation invoke(String function, String event) {
    return Optional.ofNullable(functions.get(function)).orElseThrow().invoke(event);
  }

  int port() {
    return front.port();
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  /**
   * As {@link #send}, without the connection, which takes most of the time.
   *
   * @param target the path as it would be sent, with the query
   */
  Reply answer(String method, String target, Map<String, String> headers, byte[] body) {
    return direct.answer(method, target, headers, body);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    front.close();
  }
}
