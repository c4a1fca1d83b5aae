package crowd.bench.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/** Answers on a port of loopback, a thread to each connection. */
public final class Listener implements AutoCloseable {

  /** May wait as long as it likes. */
  @FunctionalInterface
  public interface Answers {
    Reply to(Request request) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Answers answers;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  public Listener(ServerSocketFactory sockets, Answers answers) throws IOException {
    this.server = sockets.createServerSocket();
    this.answers = answers;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    Thread.ofPlatform().daemon().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        open.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException _) {
        // Closed, or a connection that did not come about.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      var out = socket.getOutputStream();
      for (var asked = Request.read(in); asked.isPresent(); asked = Request.read(in)) {
        answers.to(asked.get()).write(out);
      }
    } catch (IOException _) {
      // The process on the other side has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : open) {
      socket.close();
    }
  }
}
