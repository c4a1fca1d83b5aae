package crowd.local.template;

/**
 * A route of the HTTP API.
 *
 * @param method of HTTP, or {@link #ANY}
 * @param path with {@code {name}} for a variable part, {@code {name+}} for all that follows; or
 *     {@link #DEFAULT}
 * @param function logical name of the function that answers
 */
public record Route(String method, String path, String function) {

  public static final String ANY = "ANY";
  public static final String DEFAULT = "$default";

  /** As the event and the access log name it: {@code ANY /users/{id}}, {@code $default}. */
  public String key() {
    return path.equals(DEFAULT) ? DEFAULT : method + " " + path;
  }
}
