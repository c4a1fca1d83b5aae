package crowd.local.schedule;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/** What a function that runs by the clock is called with. */
final class ScheduledEvent {

  private ScheduledEvent() {}

  static String at(Instant time) {
    var event = new LinkedHashMap<String, Json>();
    event.put("version", new Json.Text("0"));
    event.put("id", new Json.Text(UUID.randomUUID().toString()));
    event.put("detail-type", new Json.Text("Scheduled Event"));
    event.put("source", new Json.Text("aws.events"));
    event.put("account", new Json.Text("000000000000"));
    event.put("time", new Json.Text(time.truncatedTo(ChronoUnit.SECONDS).toString()));
    event.put("region", new Json.Text("local"));
    event.put("resources", new Json.Arr(List.of()));
    event.put("detail", Json.Obj.EMPTY);
    return JsonText.write(new Json.Obj(event));
  }
}
