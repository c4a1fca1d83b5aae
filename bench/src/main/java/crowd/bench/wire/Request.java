package crowd.bench.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked.
 *
 * @param headers by their names in lower case
 */
public record Request(String method, String path, Map<String, String> headers, Body body) {

  /** Nothing once the other side has closed the connection. */
  static Optional<Request> read(InputStream in) throws IOException {
    var line = line(in);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    var words = line.split(" ", -1);
    var headers = new HashMap<String, String>();
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    return Optional.of(new Request(words[0], words[1], headers, new Body(body(in, headers))));
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return exactly(in, length);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", -1)[0].strip(), 16);
      bytes.writeBytes(exactly(in, size));
      line(in);
      if (size == 0) {
        return bytes.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("closed within a body");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != -1 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /** The last word of the operation that AWS's clients name in a header. */
  public String operation() {
    var target = headers.getOrDefault("x-amz-target", "");
    return target.substring(target.lastIndexOf('.') + 1);
  }

  public String text() {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }
}
