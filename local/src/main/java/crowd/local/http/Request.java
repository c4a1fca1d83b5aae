package crowd.local.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it came over the wire.
 *
 * @param path as it was sent, percent-encoded
 * @param query behind the question mark, as it was sent; empty if there is none
 * @param headers by lower-case name, the values in the order in which they were sent
 * @param sourceIp of the connection
 */
record Request(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    Body body,
    String protocol,
    String sourceIp) {

  Request {
    var lower = new TreeMap<String, List<String>>();
    headers.forEach((name, values) ->
        lower
            .computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .addAll(values));
    headers = Collections.unmodifiableMap(lower);
  }

  /** The values of a header, joined by commas; empty if it was not sent. */
  String header(String name) {
    return String.join(",", headers.getOrDefault(name, List.of()));
  }

  boolean has(String name) {
    return headers.containsKey(name);
  }
}
