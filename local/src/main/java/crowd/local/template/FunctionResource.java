package crowd.local.template;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A function of the template.
 *
 * @param name logical name of the resource
 * @param handler name of the class
 * @param timeout after which a call is given up
 * @param memoryMegabytes what the function may use
 * @param environment its variables, by name
 * @param role what it may ask of AWS
 */
public record FunctionResource(
    String name,
    String handler,
    Duration timeout,
    int memoryMegabytes,
    Map<String, Variable> environment,
    Role role) {

  private static final String ENDING = "Function";

  public FunctionResource {
    environment = Map.copyOf(environment);
  }

  /**
   * Its variables as the function finds them.
   *
   * @param ids what each resource that they name is called, by logical name
   * @throws IllegalArgumentException if one names another resource
   */
  public Map<String, String> variables(Map<String, String> ids) {
    var variables = new HashMap<String, String>();
    environment.forEach((variable, value) ->
        variables.put(
            variable,
            switch (value) {
              case Variable.Text(var text) -> text;
              case Variable.Ref(var resource) ->
                  Optional.ofNullable(ids.get(resource))
                      .orElseThrow(() ->
                          new IllegalArgumentException(
                              name + ": nothing is known of " + resource + ", for " + variable));
            }));
    return variables;
  }

  /** The feature's word: {@code identify} of {@code IdentifyFunction}. */
  public String feature() {
    return feature(name);
  }

  static String feature(String name) {
    var stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return stem.toLowerCase(Locale.ROOT);
  }
}
