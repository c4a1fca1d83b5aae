package crowd.bench.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a function is started.
 *
 * @param name for people
 * @param command program and arguments
 * @param folder that it is started in, with the function's files
 * @param environment all of it, but for where the Runtime API is
 */
public record Launch(
    String name, List<String> command, Path folder, Map<String, String> environment) {

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
