package crowd.local.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A deployment as samconfig.toml has it.
 *
 * @param parameters of the template, as {@code NAME=VALUE}
 */
public record Stage(String name, String stack, List<String> parameters) {

  private static final Pattern SECTION =
      Pattern.compile("(?ms)^\\[(\\w+)\\.deploy\\.parameters]$(.*?)(?=^\\[|\\z)");

  public Stage {
    parameters = List.copyOf(parameters);
  }

  /** By name. */
  public static SortedMap<String, Stage> in(String samconfig) {
    var stages = new TreeMap<String, Stage>();
    SECTION
        .matcher(samconfig)
        .results()
        .forEach(section -> {
          var name = section.group(1);
          var parameters = value("parameter_overrides", section.group(2)).orElse("");
          stages.put(
              name,
              new Stage(
                  name,
                  value("stack_name", section.group(2)).orElseThrow(),
                  Arrays.stream(parameters.split(" ", -1)).filter(one -> !one.isEmpty()).toList()));
        });
    return stages;
  }

  private static Optional<String> value(String name, String section) {
    return Pattern.compile("(?m)^" + name + " = \"([^\"]*)\"$")
        .matcher(section)
        .results()
        .map(found -> found.group(1))
        .findFirst();
  }
}
