package crowd.functions.users;

import crowd.core.message.FieldProblem;
import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import crowd.functions.http.PathId;
import crowd.functions.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a call, and everything that is wrong with them. */
final class Parameters {

  /** Users of one page. */
  static final int MAX_USERS = 100;

  /** Events of one page. */
  static final int MAX_EVENTS = 1_000;

  private static final int DEFAULT_LIMIT = 25;

  private final HttpRequest request;
  private final List<FieldProblem> problems = new ArrayList<>();

  Parameters(HttpRequest request) {
    this.request = request;
  }

  /** Any of a person's ids. */
  String id() {
    var id = PathId.of(request);
    if (id.isEmpty()) {
      problems.add(PathId.PROBLEM);
    }
    return id.orElse("");
  }

  /** The text to search for; empty for everybody. */
  Optional<String> query() {
    return get("query").map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * @param max the most that may be asked for
   */
  int limit(int max) {
    var limit = get("limit");
    if (limit.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    if (limit.get().matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(limit.get());
      if (number >= 1 && number <= max) {
        return number;
      }
    }
    problem("limit", "out_of_range", "must be a whole number from 1 to " + max);
    return DEFAULT_LIMIT;
  }

  boolean newestFirst() {
    var order = get("order").orElse("desc");
    if (!order.equals("desc") && !order.equals("asc")) {
      problem("order", "unknown_order", "must be asc or desc");
    }
    return !order.equals("asc");
  }

  /** The position that the cursor stands for; null at the beginning. */
  @Nullable String after(Cursor cursor) {
    var text = get("cursor");
    if (text.isEmpty()) {
      return null;
    }
    var position = cursor.read(text.get());
    if (position.isEmpty()) {
      problem(
          "cursor",
          "not_a_cursor",
          "must be the next_cursor of a page of the same list, unchanged");
    }
    return position.orElse(null);
  }

  /** The answer to parameters that are wrong; empty if none of those asked for is. */
  Optional<HttpReply> refusal() {
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            HttpReply.problem(
                new Problem(
                    400,
                    "invalid_parameters",
                    "The parameters are not valid",
                    "Mend the parameters under errors and call again.",
                    problems)));
  }

  private Optional<String> get(String name) {
    return Optional.ofNullable(request.query().get(name));
  }

  private void problem(String field, String code, String detail) {
    problems.add(new FieldProblem(field, code, detail));
  }
}
