package crowd.local.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters of a request, wherever they stand, decoded. */
record Parameters(String template, String target, Map<String, String> headers) {

  /**
   * @param place {@code path}, {@code query} or {@code header}
   */
  Optional<String> value(String place, String name) {
    return Optional.ofNullable(
        switch (place) {
          case "path" -> OpenApi.variables(template, path()).get(name);
          case "query" -> query().get(name);
          default -> byName().get(name);
        });
  }

  private String path() {
    return target.replaceFirst("\\?.*", "");
  }

  private Map<String, String> query() {
    var query = new TreeMap<String, String>();
    int mark = target.indexOf('?');
    if (mark >= 0) {
      for (var pair : target.substring(mark + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private Map<String, String> byName() {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    return all;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
