package crowd.local.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What goes back over the wire. Header names are lower case. */
public record Reply(int status, List<Header> headers, Body body) {

  public record Header(String name, String value) {
    public Header {
      name = name.toLowerCase(Locale.ROOT);
    }
  }

  public Reply {
    headers = List.copyOf(headers);
  }

  /** An answer of the gateway itself. */
  static Reply message(int status, String message) {
    return new Reply(
        status,
        List.of(new Header("content-type", "application/json")),
        new Body("{\"message\":\"" + message + "\"}", false));
  }

  Reply with(List<Header> more) {
    var all = new ArrayList<>(headers);
    all.addAll(more);
    return new Reply(status, all, body);
  }

  Reply without(Predicate<String> name) {
    return new Reply(
        status, headers.stream().filter(header -> !name.test(header.name())).toList(), body);
  }
}
