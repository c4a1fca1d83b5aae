package crowd.local.template;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * A function of the template.
 *
 * @param name logical name of the resource
 * @param handler name of the class
 * @param timeout after which a call is given up
 * @param memoryMegabytes what the function may use
 * @param environment names of its variables
 */
public record FunctionResource(
    String name, String handler, Duration timeout, int memoryMegabytes, Set<String> environment) {

  private static final String ENDING = "Function";

  public FunctionResource {
    environment = Set.copyOf(environment);
  }

  /** The feature's word: {@code identify} of {@code IdentifyFunction}. */
  public String feature() {
    var stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return stem.toLowerCase(Locale.ROOT);
  }
}
