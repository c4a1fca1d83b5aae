package crowd.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Between Jetty and the gateway: reads a request, writes the reply. */
final class GatewayHandler extends Handler.Abstract {

  /** Bytes of the largest body that the gateway takes. */
  static final int MAX_BODY = 10 * 1024 * 1024;

  /** What is read of a body that is too large, so that its sender comes to read the refusal. */
  private static final int MAX_DRAINED = 5 * MAX_BODY;

  /** Headers that belong to the connection, which the function knows nothing of. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding", "upgrade");

  private final Gateway gateway;

  GatewayHandler(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    var in = Content.Source.asInputStream(request);
    Optional<byte[]> body;
    try {
      body = read(request, in);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        Response.writeError(request, response, callback, HttpStatus.REQUEST_TIMEOUT_408);
        return true;
      }
      throw e;
    }
    if (body.isPresent()) {
      ArrivalConnector.arrived(request);
      send(gateway.answer(asSent(request, body.get())), response);
    } else {
      // Before the rest is read: who looks for an answer while it sends need not send it all.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      send(Gateway.tooLarge(), response);
      drain(in);
    }
    callback.succeeded();
    return true;
  }

  static void send(Reply reply, Response response) throws IOException {
    response.setStatus(reply.status());
    for (var header : reply.headers()) {
      if (!HOP_BY_HOP.contains(header.name())) {
        response.getHeaders().add(header.name(), header.value());
      }
    }
    boolean bodiless = reply.status() == 204 || reply.status() == 304;
    Content.Sink.write(
        response, true, ByteBuffer.wrap(bodiless ? new byte[0] : reply.body().bytes()));
  }

  /** Empty if there is more of it than the gateway takes. */
  private static Optional<byte[]> read(Request request, InputStream in) throws IOException {
    if (request.getLength() > MAX_BODY) {
      return Optional.empty();
    }
    var bytes = in.readNBytes(MAX_BODY + 1);
    return bytes.length > MAX_BODY ? Optional.empty() : Optional.of(bytes);
  }

  private static void drain(InputStream in) {
    var buffer = new byte[64 * 1024];
    try {
      for (int left = MAX_DRAINED; left > 0; ) {
        int n = in.read(buffer);
        if (n < 0) {
          return;
        }
        left -= n;
      }
    } catch (IOException e) {
      // The sender is gone, or sends no more: it has been answered.
    }
  }

  private static crowd.local.http.Request asSent(Request request, byte[] body) {
    var uri = request.getHttpURI();
    return new crowd.local.http.Request(
        request.getMethod(),
        Optional.ofNullable(uri.getPath()).orElse("/"),
        Optional.ofNullable(uri.getQuery()).orElse(""),
        headers(request),
        Body.of(body, first(request, "content-type"), first(request, "content-encoding")),
        request.getConnectionMetaData().getProtocol(),
        Request.getRemoteAddr(request));
  }

  private static Map<String, List<String>> headers(Request request) {
    var headers = new LinkedHashMap<String, List<String>>();
    for (var field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getName(), _ -> new ArrayList<>())
          .add(Optional.ofNullable(field.getValue()).orElse(""));
    }
    return headers;
  }

  private static String first(Request request, String header) {
    return Optional.ofNullable(request.getHeaders().get(header)).orElse("");
  }
}
