package crowd.local.http;

import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.template.Template;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The HTTP API for callers in this process: what {@link HttpFront} does with a request, but for the
 * connection.
 */
public final class DirectFront {

  private final Gateway gateway;

  /**
   * @param functions by logical name
   * @param defects told of each call that did not end with an answer, with the function's name
   */
  public DirectFront(
      Template template,
      Map<String, LocalFunction> functions,
      InstantSource clock,
      BiConsumer<String, Invocation> defects) {
    gateway = new Gateway(template, functions, clock, Gateway.randomRequestIds(), defects);
  }

  /**
   * @param target the path as it would be sent, with the query
   */
  public Reply answer(String method, String target, Map<String, String> headers, byte[] body) {
    int mark = target.indexOf('?');
    var sent = new HashMap<String, List<String>>();
    headers.forEach((name, value) -> sent.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    var request =
        new Request(
            method,
            mark < 0 ? target : target.substring(0, mark),
            mark < 0 ? "" : target.substring(mark + 1),
            sent,
            Body.of(body, value(sent, "content-type"), value(sent, "content-encoding")),
            "HTTP/1.1",
            "127.0.0.1");
    return gateway.answer(request);
  }

  private static String value(Map<String, List<String>> headers, String name) {
    return String.join(",", headers.getOrDefault(name, List.of()));
  }
}
