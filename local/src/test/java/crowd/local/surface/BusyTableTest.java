package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.store.memory.Faults;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.website.WebsiteAdmin;
import crowd.local.Project;
import crowd.local.dev.Demo;
import crowd.local.dev.DirectWiring;
import crowd.local.function.LocalFunctions;
import crowd.local.http.DirectFront;
import crowd.local.surface.Api.Answer;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the table does not do as it is asked. */
class BusyTableTest {

  private static final class EachTime implements Faults {

    Fate fate = Fate.NORMAL;

    @Override
    public Fate fate(Step step) {
      return step.operation() == Operation.GET || step.operation() == Operation.QUERY
          ? Fate.NORMAL
          : fate;
    }
  }

  private final EachTime writes = new EachTime();
  private final DirectFront front;

  BusyTableTest() throws IOException {
    var template = TemplateReader.read(Project.file("template.yaml"));
    var store = new InMemoryStore(writes);
    Demo.addTo(new WebsiteAdmin(store, Instant::now));
    var out = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    var functions = LocalFunctions.of(template, DirectWiring.reporting(store, Instant::now, out));
    front =
        new DirectFront(
            template,
            functions,
            Instant::now,
            (function, ending) -> {
              throw new AssertionError(function + ": " + ending);
            });
  }

  private Answer post(String path, String body) {
    return send("POST", path, body);
  }

  private Answer send(String method, String path, String body) {
    var headers = Map.of("X-Crowd-Key", Demo.SERVER_KEY);
    var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    var reply = front.answer(method, path, headers, bytes);
    var received = new HashMap<String, List<String>>();
    reply
        .headers()
        .forEach(header ->
            received.computeIfAbsent(header.name(), _ -> new ArrayList<>()).add(header.value()));
    var text = new String(reply.body().bytes(), StandardCharsets.UTF_8);
    var json = text.isEmpty() ? Json.Null.VALUE : JsonReader.readOwn(text);
    var answer = new Answer(reply.status(), received, json);
    Running.CONTRACT.saw(method, path, headers, bytes, answer);
    return answer;
  }

  private static String seen(Answer answer) {
    return answer.status()
        + " "
        + answer.text("code").orElse("")
        + " "
        + answer.header("retry-after").orElse("never");
  }

  @Test
  void c103_tooManyAtOnce_areToldWhenToComeAgain() {
    // given
    writes.fate = Faults.Fate.CONFLICT;
    var login = "{'website':'demo','user_id':'ann','anonymous_id':'a','message_id':'m'}";
    // then
    assertEquals("429 too_fast 1", seen(post("/identify", login)));
    assertEquals(
        "429 too_fast 1",
        seen(post("/alias", "{'website':'demo','user_id':'ann','previous_id':'anon_1'}")));
    assertEquals(
        "503 unavailable 1", seen(post("/v1/identify", "{'userId':'ann','anonymousId':'a'}")));
    // when
    writes.fate = Faults.Fate.NORMAL;
    // then
    assertEquals("created", post("/identify", login).outcome());
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Fate.class,
      names = {"THROTTLED", "REQUEST_LOST", "REPLY_LOST"})
  void c92_aRetryAfterA503_isOneEventOfTheOriginalTime(Faults.Fate fate) {
    // given
    var track =
        "{'website':'demo','user_id':'ann','event':'e','message_id':'m','timestamp':'2026-01-01T00:00:00Z'}";
    writes.fate = fate;
    assertEquals("503 unavailable 1", seen(post("/track", track)));
    writes.fate = Faults.Fate.NORMAL;
    // when
    assertEquals(200, post("/track", track).status());
    // then
    var events = send("GET", "/users/ann/events", "");
    assertEquals(List.of("m"), events.each("events", "message_id"));
    assertEquals(List.of("2026-01-01T00:00:00Z"), events.each("events", "timestamp"));
  }
}
