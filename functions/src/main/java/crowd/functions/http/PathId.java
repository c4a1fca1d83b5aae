package crowd.functions.http;

import crowd.core.message.FieldProblem;
import java.util.List;
import java.util.Optional;

/** The id of a person in a path: {@code /users/{id}}, or any id at all as {@code /users/@?id=}. */
public final class PathId {

  /** Stands in the path for an id that is in the query. */
  private static final String IN_QUERY = "@";

  public static final FieldProblem PROBLEM =
      new FieldProblem("id", "missing", "is missing; send the id in the path, or as /users/@?id=");

  public static final Problem MISSING =
      new Problem(
          400,
          "invalid_parameters",
          "The parameters are not valid",
          "Mend the parameters under errors and call again.",
          List.of(PROBLEM));

  private PathId() {}

  public static Optional<String> of(HttpRequest request) {
    var inPath = request.path().getOrDefault("id", "");
    var id = inPath.equals(IN_QUERY) ? request.query().getOrDefault("id", "") : inPath;
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }
}
