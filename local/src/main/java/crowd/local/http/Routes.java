package crowd.local.http;

import crowd.local.template.Route;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request: a fixed segment before {@code {name}} before {@code {name+}} before
 * {@code $default}; on one path the method itself before {@code ANY}.
 */
final class Routes {

  /**
   * @param parameters by name, percent-decoded
   */
  record Match(Route route, Map<String, String> parameters) {}

  private final List<Pattern> patterns;

  Routes(List<Route> routes) {
    this.patterns = routes.stream().map(Pattern::new).sorted(Pattern.MOST_SPECIFIC_FIRST).toList();
  }

  Optional<Match> find(String method, String path) {
    return patterns.stream()
        .map(pattern -> pattern.match(method, path))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private record Pattern(Route route, List<String> segments) {

    static final Comparator<Pattern> MOST_SPECIFIC_FIRST =
        Comparator.comparing(Pattern::rank).thenComparing(pattern -> pattern.route.key());

    Pattern(Route route) {
      this(route, segments(route.path()));
    }

    static List<String> segments(String path) {
      return List.of(path.split("/", -1));
    }

    /** Orders patterns that match the same path: one letter for each segment, the method last. */
    private String rank() {
      if (isDefault()) {
        return "z";
      }
      var rank = new StringBuilder();
      for (var segment : segments) {
        rank.append(isGreedy(segment) ? 'c' : isVariable(segment) ? 'b' : 'a');
      }
      return rank.append(route.method().equals(Route.ANY) ? '2' : '1').toString();
    }

    Optional<Match> match(String method, String path) {
      if (isDefault()) {
        return Optional.of(new Match(route, Map.of()));
      }
      if (!route.method().equals(Route.ANY) && !route.method().equals(method)) {
        return Optional.empty();
      }
      var sent = segments(path);
      var parameters = new HashMap<String, String>();
      for (int i = 0; i < segments.size(); i++) {
        var expected = segments.get(i);
        if (i >= sent.size()) {
          return Optional.empty();
        } else if (isGreedy(expected)) {
          var rest = String.join("/", sent.subList(i, sent.size()));
          parameters.put(expected.substring(1, expected.length() - 2), Percent.decodePath(rest));
          return rest.isEmpty() ? Optional.empty() : Optional.of(new Match(route, parameters));
        } else if (isVariable(expected)) {
          if (sent.get(i).isEmpty()) {
            return Optional.empty();
          }
          parameters.put(
              expected.substring(1, expected.length() - 1), Percent.decodePath(sent.get(i)));
        } else if (!expected.equals(sent.get(i))) {
          return Optional.empty();
        }
      }
      return sent.size() == segments.size()
          ? Optional.of(new Match(route, parameters))
          : Optional.empty();
    }

    private boolean isDefault() {
      return route.path().equals(Route.DEFAULT);
    }

    private static boolean isVariable(String segment) {
      return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean isGreedy(String segment) {
      return isVariable(segment) && segment.endsWith("+}");
    }
  }
}
