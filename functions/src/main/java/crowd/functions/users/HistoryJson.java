package crowd.functions.users;

import crowd.core.history.Decided;
import crowd.core.history.Decided.Kind;
import crowd.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code {type, at, source, message_id, anonymous_id?, user_id?}}. */
final class HistoryJson {

  private HistoryJson() {}

  static Json.Obj write(Decided decided) {
    var json =
        Json.Obj.EMPTY
            .with("type", new Json.Text(decided.kind().word()))
            .with("at", new Json.Text(decided.at().toString()))
            .with("source", new Json.Text(decided.source()))
            .with("message_id", new Json.Text(decided.messageId()));
    var aboutId =
        decided.kind().isOfUsers()
            ? json
            : json.with("anonymous_id", new Json.Text(decided.about()));
    return decided
        .counterpart()
        .map(other -> aboutId.with("user_id", new Json.Text(other.value())))
        .orElse(aboutId);
  }

  /** What somebody should look into, each once. */
  static Json warnings(List<Decided> history) {
    var warnings = new ArrayList<Json>();
    history.stream()
        .map(Decided::kind)
        .distinct()
        .forEach(kind -> warning(kind).ifPresent(detail -> warnings.add(json(kind, detail))));
    return new Json.Arr(warnings);
  }

  private static Json json(Kind kind, String detail) {
    return Json.Obj.EMPTY
        .with("code", new Json.Text(kind.word()))
        .with("detail", new Json.Text(detail));
  }

  private static Optional<String> warning(Kind kind) {
    return switch (kind) {
      case USER_SWITCH, CLAIMED_BY_OTHER ->
          Optional.of(
              "Two users claimed one anonymous id: call reset when a user logs out. See history.");
      case SHARED ->
          Optional.of(
              "Three users claimed one anonymous id: a shared device or a cached page. It is"
                  + " nobody's now.");
      case REFUSED_LIMIT ->
          Optional.of("Links were refused: check that the user id is the id of one person.");
      case UNLINKED, RETIRED, MERGED, MERGED_IN, UNMERGED, UNMERGED_FROM -> Optional.empty();
    };
  }
}
