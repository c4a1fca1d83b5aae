package crowd.local.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Gives a request its idle timeout for the whole of its arrival. Jetty's own begins anew with every
 * byte, so a client that sends one now and then would be waited for without end.
 */
final class ArrivalConnector extends ServerConnector {

  ArrivalConnector(Server server, ConnectionFactory protocol) {
    super(server, protocol);
  }

  /** Says that all of a request is there: from now on the connection is idle like any other. */
  static void arrived(Request request) {
    if (request.getConnectionMetaData().getConnection().getEndPoint() instanceof Arrival arrival) {
      arrival.end();
    }
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    var arrival = new Arrival(channel, selector, key, getScheduler());
    arrival.setIdleTimeout(getIdleTimeout());
    return arrival;
  }

  private static final class Arrival extends SocketChannelEndPoint {

    /** From the first byte of a request to its last. */
    private volatile boolean underWay;

    Arrival(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler timer) {
      super(channel, selector, key, timer);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      int filled = super.fill(buffer);
      if (filled > 0) {
        underWay = true;
      }
      return filled;
    }

    /** Called for whatever happens on the connection. */
    @Override
    public void notIdle() {
      if (!underWay) {
        super.notIdle();
      }
    }

    void end() {
      underWay = false;
      notIdle();
    }
  }
}
