package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.Project;
import crowd.local.function.Invocation;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every sample event is answered as its feature says. */
class SampleEventsTest {

  @TempDir private Path nowhere = Path.of("");

  private Json.Obj call(String function, String event) throws IOException {
    var template = TemplateReader.read(Project.file("template.yaml"));
    var ending =
        SingleCall.of(
            template.function(function).orElseThrow(),
            Files.readString(Project.file("events/" + event + ".json")),
            nowhere);
    return ending instanceof Invocation.Answered(var payload)
        ? JsonReader.readOwnObject(payload)
        : Json.Obj.EMPTY.with("ending", new Json.Text(ending.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "identify, identify, 200",
    "identify, identify-browser, 200",
    "track, track, 200",
    "reset, reset, 200",
    "batch, batch, 200",
    "compat, compat, 200",
    "compat, compat-batch, 200",
    "compat, compat-settings, 200",
    "users, users, 200",
    "users, user, 404",
    "users, user-events, 404",
    "users, website, 200",
    "manage, alias, 200",
    "manage, unlink, 404",
    "manage, erase, 404",
    "pages, pages, 200",
    "pages, pages-openapi, 200",
    "pages, pages-unknown, 404"
  })
  void request_isAnswered(String function, String event, long status) throws IOException {
    var answer = call(function, event);
    assertEquals(
        Json.Num.of(status), answer.get("statusCode").orElse(Json.Null.VALUE), answer::toString);
  }

  @Test
  void consumer_takesTheRecords() throws IOException {
    assertEquals(JsonReader.readOwn("{\"batchItemFailures\": []}"), call("consumer", "consumer"));
  }

  @Test
  void audit_findsNothing() throws IOException {
    assertEquals(
        JsonReader.readOwn(
            """
            {"people":0,"events":0,"unfinished":0,"unsettled_events":0,"stray_copies":0,"stray_links":0,
            "missing_links":0,"overdue_work":0,"missing_entries":0,"stray_entries":0,"unreadable_people":0}\
            """),
        call("audit", "audit"));
  }

  @Test
  void reconcile_findsNothing() throws IOException {
    var summary = call("reconcile", "reconcile");
    assertEquals(Json.Num.of(0), summary.get("finished").orElse(Json.Null.VALUE));
    assertEquals(Json.Num.of(0), summary.get("waiting").orElse(Json.Null.VALUE));
  }
}
