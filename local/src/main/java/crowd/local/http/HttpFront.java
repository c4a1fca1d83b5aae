package crowd.local.http;

import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP API on a port of this machine, for callers on this machine only. */
public final class HttpFront implements AutoCloseable {

  /** Bytes of the request line and the headers together, as API Gateway takes them. */
  static final int MAX_HEAD = 10_240;

  /** For a whole request to come in; for a connection without one to be kept. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** For the requests under way to end, once no more are taken. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Meanwhile, for a request to come in on a connection that is open. */
  private static final Duration LAST_PATIENCE = Duration.ofMillis(100);

  private final Server server;
  private final ExecutorService calls;
  private final int port;

  private HttpFront(Server server, ExecutorService calls, int port) {
    this.server = server;
    this.calls = calls;
    this.port = port;
  }

  /**
   * @param port 0 for any that is free
   * @param functions by logical name
   * @param defects told of each call that did not end with an answer, with the function's name
   * @throws java.net.BindException if the port is taken
   */
  public static HttpFront start(
      int port,
      Template template,
      Map<String, ? extends LocalFunction> functions,
      InstantSource clock,
      BiConsumer<String, Invocation> defects)
      throws IOException {
    return start(port, template, functions, clock, defects, PATIENCE);
  }

  /**
   * @param patience with a request that does not come in, and with a connection without one
   */
  static HttpFront start(
      int port,
      Template template,
      Map<String, ? extends LocalFunction> functions,
      InstantSource clock,
      BiConsumer<String, Invocation> defects,
      Duration patience)
      throws IOException {
    var gateway = new Gateway(template, functions, clock, Gateway.randomRequestIds(), defects);
    var calls = Executors.newVirtualThreadPerTaskExecutor();
    var threads = new QueuedThreadPool();
    threads.setVirtualThreadsExecutor(calls);
    var server = new Server(threads);
    server.setHandler(
        new GracefulHandler(new Handler.Sequence(new LocalPages(), new GatewayHandler(gateway))));
    server.setErrorHandler(new ProblemHandler());
    server.setStopTimeout(GRACE.toMillis());
    var connector = new ArrivalConnector(server, new HttpConnectionFactory(http()));
    connector.setIdleTimeout(patience.toMillis());
    connector.setShutdownIdleTimeout(LAST_PATIENCE.toMillis());
    server.addConnector(connector);
    var front = new HttpFront(server, calls, listen(connector, port));
    front.start();
    return front;
  }

  public int port() {
    return port;
  }

  /** Takes no more requests and lets those under way end, for a few seconds at most. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      // They had their time.
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP front did not stop", e);
    } finally {
      calls.shutdownNow();
    }
  }

  private void start() {
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP front did not start", e);
    }
  }

  /** Any path is for the gateway to route, as it was sent; so is a target with a host in it. */
  private static HttpConfiguration http() {
    var http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setHttpCompliance(
        HttpCompliance.RFC9110.with("front", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
    http.setRequestHeaderSize(MAX_HEAD);
    http.setSendServerVersion(false);
    // Else a header that differs from one before it in case alone is taken for that: a wrong key.
    http.setHeaderCacheCaseSensitive(true);
    return http;
  }

  /** By ourselves: Jetty wraps the exception that says that a port is taken. */
  private static int listen(ArrivalConnector connector, int port) throws IOException {
    var loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    var channel = ServerSocketChannel.open();
    try {
      connector.open(channel.bind(new InetSocketAddress(loopback, port)));
      return connector.getLocalPort();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
