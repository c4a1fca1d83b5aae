package crowd.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.observe.Counter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmfMetricsTest {

  /** Those of CloudWatch that are used here. */
  private static final Set<String> UNITS = Set.of("Count", "Milliseconds", "Seconds");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final EmfMetrics metrics =
      new EmfMetrics(
          new PrintStream(out, true, StandardCharsets.UTF_8), InstantSource.fixed(World.NOON));

  private List<Json.Obj> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().map(JsonReader::readOwnObject).toList();
  }

  @Test
  void ended_writesOneLineWithWhatWasCounted() {
    // given
    metrics.add(Counter.ACCEPTED_MESSAGES, 3);
    metrics.add(Counter.ACCEPTED_MESSAGES);
    metrics.add(Counter.OLDEST_WAITING_SECONDS, 0);

    // when
    metrics.ended("batch", 200, Duration.ofMillis(12));

    // then
    assertEquals(
        List.of(
            World.json(
                """
                {"_aws":{"Timestamp":1795608000000,"CloudWatchMetrics":[{
                   "Namespace":"Crowd","Dimensions":[["function"]],"Metrics":[
                     {"Name":"Calls","Unit":"Count"},
                     {"Name":"ClientErrors","Unit":"Count"},
                     {"Name":"ServerErrors","Unit":"Count"},
                     {"Name":"Latency","Unit":"Milliseconds"},
                     {"Name":"AcceptedMessages","Unit":"Count"},
                     {"Name":"OldestWaitingSeconds","Unit":"Seconds"}]}]},
                 "function":"batch","Calls":1,"ClientErrors":0,"ServerErrors":0,"Latency":12,
                 "AcceptedMessages":4,"OldestWaitingSeconds":0}
                """)),
        lines());
  }

  @Test
  void ended_ofTheNextCall_beginsAtNothing() {
    // given
    metrics.add(Counter.LINKS);
    metrics.ended("identify", 200, Duration.ZERO);

    // when
    metrics.ended("identify", 503, Duration.ZERO);

    // then
    var second = lines().get(1);
    assertEquals(false, second.fields().containsKey("Links"));
    assertEquals(Json.Num.of(1), second.fields().get("ServerErrors"));
  }

  /** The rules of the format's specification, for every counter that there is. */
  @Test
  void ended_withEveryCounter_keepsToTheSpecification() {
    // given
    for (var counter : Counter.values()) {
      metrics.add(counter, 2);
    }

    // when
    metrics.ended("consumer", 404, Duration.ofMillis(1));

    // then
    var line = lines().getFirst();
    var metadata = line.object("_aws").orElseThrow();
    assertTrue(metadata.fields().get("Timestamp") instanceof Json.Num);
    var directives = Answer.objects(metadata, "CloudWatchMetrics");
    assertEquals(1, directives.size());
    var directive = directives.getFirst();
    assertTrue(directive.text("Namespace").orElseThrow().length() <= 1024);
    for (var set : ((Json.Arr) directive.get("Dimensions").orElseThrow()).values()) {
      var names = ((Json.Arr) set).values();
      assertTrue(!names.isEmpty() && names.size() <= 30);
      for (var name : names) {
        assertTrue(line.text(((Json.Text) name).value()).isPresent());
      }
    }
    var definitions = Answer.objects(directive, "Metrics");
    assertEquals(4 + Counter.values().length, definitions.size());
    assertTrue(definitions.size() <= 100);
    for (var definition : definitions) {
      assertTrue(UNITS.contains(definition.text("Unit").orElseThrow()));
      assertTrue(line.fields().get(definition.text("Name").orElseThrow()) instanceof Json.Num);
    }
  }
}
