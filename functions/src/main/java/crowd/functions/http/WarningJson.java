package crowd.functions.http;

import crowd.core.identify.Warning;
import crowd.core.json.Json;
import java.util.List;

/** {@code [{code, detail, field?}]}. */
public final class WarningJson {

  private WarningJson() {}

  public static Json write(List<Warning> warnings) {
    return new Json.Arr(warnings.stream().<Json>map(WarningJson::write).toList());
  }

  private static Json write(Warning warning) {
    var json =
        Json.Obj.EMPTY
            .with("code", new Json.Text(warning.code()))
            .with("detail", new Json.Text(warning.detail()));
    return warning.field().map(field -> json.with("field", new Json.Text(field))).orElse(json);
  }
}
