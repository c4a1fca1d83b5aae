package crowd.bench.cold;

import crowd.bench.cloud.Script;
import crowd.bench.runtime.Launch;

/**
 * One of those whose start is measured.
 *
 * @param event that lies ready
 * @param expected what must stand in its answer
 * @param cloud what DynamoDB answers it
 */
record Contestant(Launch launch, String event, String expected, Script cloud) {
  String name() {
    return launch.name();
  }
}
