package crowd.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the functions are told by their environment. The SDK itself reads the region, the
 * credentials and, where one is set, another endpoint.
 *
 * @param region from {@code AWS_REGION}, which Lambda sets
 * @param tableName from {@code TABLE_NAME}
 * @param streamName from {@code STREAM_NAME}, for functions that put messages on the stream
 */
public record Config(String region, String tableName, Optional<String> streamName) {

  /** The environment of this process. Nothing else reads it. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  /**
   * @throws IllegalStateException with every problem that there is, not only the first
   */
  public static Config ofTable(Map<String, String> env) {
    var problems = new ArrayList<String>();
    var config =
        new Config(
            required(env, "AWS_REGION", problems),
            required(env, "TABLE_NAME", problems),
            Optional.empty());
    return checked(config, problems);
  }

  /**
   * @throws IllegalStateException with every problem that there is, not only the first
   */
  public static Config ofTableAndStream(Map<String, String> env) {
    var problems = new ArrayList<String>();
    var config =
        new Config(
            required(env, "AWS_REGION", problems),
            required(env, "TABLE_NAME", problems),
            Optional.of(required(env, "STREAM_NAME", problems)));
    return checked(config, problems);
  }

  private static Config checked(Config config, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalStateException("bad configuration: " + String.join("; ", problems));
    }
    return config;
  }

  private static String required(Map<String, String> env, String name, List<String> problems) {
    var value = env.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      problems.add(name + " is not set");
    }
    return value;
  }
}
