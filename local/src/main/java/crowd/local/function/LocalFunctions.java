package crowd.local.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.Wiring;
import crowd.local.template.FunctionResource;
import crowd.local.template.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Makes the functions of the template on one wiring. */
public final class LocalFunctions {

  private LocalFunctions() {}

  /**
   * All on one wiring.
   *
   * @return by logical name
   * @throws IllegalStateException if a handler is not what the template says
   */
  public static Map<String, LocalFunction> of(Template template, Wiring wiring) {
    return of(template, _ -> wiring);
  }

  /**
   * Each on a wiring of its own.
   *
   * @return by logical name
   * @throws IllegalStateException if a handler is not what the template says
   */
  public static Map<String, LocalFunction> of(
      Template template, Function<FunctionResource, Wiring> wiring) {
    var functions = new HashMap<String, LocalFunction>();
    for (var resource : template.functions().values()) {
      functions.put(resource.name(), of(resource, wiring.apply(resource)));
    }
    return Map.copyOf(functions);
  }

  /**
   * @throws IllegalStateException if the handler is not what the template says
   */
  public static LocalFunction of(FunctionResource resource, Wiring wiring) {
    return new InProcessFunction(resource, handler(resource, wiring));
  }

  private static RequestStreamHandler handler(FunctionResource resource, Wiring wiring) {
    try {
      return Class.forName(resource.handler())
          .asSubclass(RequestStreamHandler.class)
          .getConstructor(Wiring.class)
          .newInstance(wiring);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException("no handler " + resource.handler(), e);
    }
  }
}
