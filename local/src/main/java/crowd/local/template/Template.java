package crowd.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of template.yaml that the local run acts on.
 *
 * @param functions by the logical name of the resource
 * @param routes of the HTTP API, each with the function that answers it
 * @param eventSource the stream that a function is fed from
 * @param schedules what runs by the clock
 * @param table the one table
 */
public record Template(
    Map<String, FunctionResource> functions,
    List<Route> routes,
    Cors cors,
    EventSourceMapping eventSource,
    List<Schedule> schedules,
    TableResource table) {

  public Template {
    functions = Map.copyOf(functions);
    routes = List.copyOf(routes);
    schedules = List.copyOf(schedules);
  }

  /**
   * @param word what people call the function: its logical name ({@code IdentifyFunction}), or that
   *     without the ending, in any case ({@code identify})
   */
  public Optional<FunctionResource> function(String word) {
    return functions.values().stream()
        .filter(function ->
            function.name().equalsIgnoreCase(word) || function.feature().equalsIgnoreCase(word))
        .findFirst();
  }
}
