package crowd.local.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A request of whose line and headers a few bytes are others, lost or doubled on the way. */
final class DamagedRequest {

  private static final int PATIENCE_MILLIS = 10_000;

  private final byte[] bytes;

  private DamagedRequest(byte[] bytes) {
    this.bytes = bytes;
  }

  static DamagedRequest of(MalformedRequest.Sent sent, SplittableRandom random) {
    var head = new StringBuilder(sent.method() + " " + sent.path() + " HTTP/1.1\r\n");
    sent.headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Host: localhost\r\nConnection: close\r\nContent-Length: ")
        .append(sent.body().length)
        .append("\r\n\r\n");
    var damaged = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      damaged = damaged(damaged, random);
    }
    var all = new ByteArrayOutputStream();
    all.writeBytes(damaged);
    all.writeBytes(sent.body());
    return new DamagedRequest(all.toByteArray());
  }

  private static byte[] damaged(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    int kind = random.nextInt(4);
    var damaged = new ByteArrayOutputStream();
    damaged.write(bytes, 0, at);
    switch (kind) {
      case 0 -> damaged.write(random.nextInt(256));
      case 1 -> damaged.write(bytes[at] ^ (1 << random.nextInt(8)));
      case 2 -> {
        damaged.write(bytes[at]);
        damaged.write(bytes[at]);
      }
      default -> {
        // Lost.
      }
    }
    damaged.write(bytes, at + 1, bytes.length - at - 1);
    return damaged.toByteArray();
  }

  /**
   * @return all that comes back, until the connection is closed; empty if it is closed at once
   */
  String sentTo(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(bytes);
        // Whoever waits for more learns that nothing comes.
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (SocketException e) {
        return "";
      }
    } catch (IOException e) {
      throw new UncheckedIOException(this + " was not answered", e);
    }
  }

  @Override
  public String toString() {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.substring(0, Math.min(text.length(), 500));
  }
}
