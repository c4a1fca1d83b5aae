package crowd.bench.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered, with a body of bytes that nobody compares. */
public record Reply(int status, Map<String, String> headers, Body body) {

  public static Reply of(int status, Map<String, String> headers, byte[] body) {
    return new Reply(status, headers, new Body(body));
  }

  /** Head and body at once: apart, the second waits for the first one's acknowledgement. */
  void write(OutputStream out) throws IOException {
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(" .\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.bytes().length).append("\r\n\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body.bytes());
    out.write(bytes.toByteArray());
    out.flush();
  }
}
