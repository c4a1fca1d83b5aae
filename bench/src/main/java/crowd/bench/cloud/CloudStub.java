package crowd.bench.cloud;

import crowd.bench.wire.Listener;
import crowd.bench.wire.Reply;
import crowd.bench.wire.Request;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Answers for the cloud, and counts what it is asked. */
public final class CloudStub implements AutoCloseable {

  /** Where answers come from. */
  @FunctionalInterface
  public interface Source {
    Reply to(Request request) throws IOException, InterruptedException;
  }

  private final Listener listener;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private volatile Source source = Script.NOTHING.player();

  public CloudStub(Certificate certificate) throws IOException {
    listener = new Listener(certificate.context().getServerSocketFactory(), this::answer);
  }

  /** The same over plain HTTP, for what is not about TLS. */
  public CloudStub() throws IOException {
    listener = new Listener(javax.net.ServerSocketFactory.getDefault(), this::answer);
  }

  public int port() {
    return listener.port();
  }

  /** Answers from now on as the source does, and counts anew. */
  public void use(Source next) {
    source = next;
    asked.clear();
  }

  /** How often each operation was asked for. */
  public Map<String, Integer> asked() {
    return new TreeMap<>(asked);
  }

  private Reply answer(Request request) throws IOException, InterruptedException {
    asked.merge(request.operation(), 1, Integer::sum);
    return source.to(request);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
