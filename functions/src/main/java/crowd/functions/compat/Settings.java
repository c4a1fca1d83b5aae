package crowd.functions.compat;

import crowd.core.json.Json;
import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the browser libraries ask for before they send anything: where to. Nobody else is named, so
 * they send to us alone.
 */
final class Settings {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

  private Settings() {}

  /** Segment's: its library sends to the host that it is told here. */
  static HttpReply segment(String key, HttpRequest request) {
    var destination = Json.Obj.EMPTY.with("apiKey", new Json.Text(key));
    var host = request.header("host").filter(name -> HOST.matcher(name).matches());
    if (host.isPresent()) {
      destination =
          destination
              .with("apiHost", new Json.Text(host.get() + "/v1"))
              .with("protocol", new Json.Text(protocol(request)));
    }
    return HttpReply.ok(
        Json.Obj.EMPTY
            .with("integrations", Json.Obj.EMPTY.with("Segment.io", destination))
            // Without this it reports on itself to Segment.
            .with("metrics", Json.Obj.EMPTY.with("sampleRate", Json.Num.of(0)))
            .with("plan", Json.Obj.EMPTY.with("track", Json.Obj.EMPTY))
            .with("edgeFunction", Json.Obj.EMPTY)
            .with("analyticsNextEnabled", new Json.Bool(true)));
  }

  private static String protocol(HttpRequest request) {
    return request.header("x-forwarded-proto").filter("http"::equals).orElse("https");
  }

  /** RudderStack's: a source that is on, has no destinations and reports nothing of itself. */
  static HttpReply rudderStack(String key) {
    var off = Json.Obj.EMPTY.with("enabled", new Json.Bool(false));
    var source =
        Json.Obj.EMPTY
            .with("id", new Json.Text("crowd"))
            .with("name", new Json.Text("Crowd"))
            .with("writeKey", new Json.Text(key))
            .with("workspaceId", new Json.Text("crowd"))
            .with("enabled", new Json.Bool(true))
            .with("destinations", new Json.Arr(List.of()))
            .with(
                "config",
                Json.Obj.EMPTY.with(
                    "statsCollection", Json.Obj.EMPTY.with("errors", off).with("metrics", off)));
    return HttpReply.ok(Json.Obj.EMPTY.with("source", source));
  }
}
