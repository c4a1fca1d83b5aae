package crowd.local.template;

/** What a variable of a function's environment is set to. */
public sealed interface Variable {

  record Text(String text) implements Variable {}

  /**
   * @param resource whose id it is, by logical name
   */
  record Ref(String resource) implements Variable {}
}
