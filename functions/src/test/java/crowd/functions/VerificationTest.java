package crowd.functions;

import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.identity.UserId;
import crowd.core.observe.Counter;
import crowd.core.stream.EnvelopeJson;
import crowd.core.verify.VerificationMode;
import crowd.core.verify.VerificationSecret;
import crowd.core.website.VerificationAdmin;
import crowd.core.website.WebsiteAdmin;
import crowd.core.website.Websites;
import crowd.functions.batch.BatchHandler;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.track.TrackHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What verification has to do with clocks, counts, the log and the stream. */
class VerificationTest {

  private final World world = new World();
  private final VerificationAdmin admin =
      new VerificationAdmin(new WebsiteAdmin(world.store, world::now));
  private final VerificationSecret secret = created();
  private final RequestStreamHandler identify = new IdentifyHandler(world.wiring);
  private final RequestStreamHandler track = new TrackHandler(world.wiring);
  private final RequestStreamHandler batch = new BatchHandler(world.wiring);
  private final List<String> answers = new ArrayList<>();

  private VerificationSecret created() {
    return assertInstanceOf(VerificationAdmin.Outcome.Created.class, admin.createSecret(World.DEMO))
        .secret();
  }

  private static String hash(VerificationSecret by, String user) {
    return HexFormat.of().formatHex(by.key().sign(new UserId(user).value()));
  }

  private Answer page(RequestStreamHandler handler, String route, String fields) {
    var body = "{'website':'demo',%s}".formatted(fields).replace('\'', '"');
    var answer = world.send(handler, post(route, body).page());
    if (answer.status() != 200) {
      answers.add(answer.toString());
    }
    return answer;
  }

  private Answer login(String hash) {
    return page(
        identify,
        "/identify",
        "'user_id':'ann','anonymous_id':'a','user_hash':'%s'".formatted(hash));
  }

  private String tracked(String token) {
    var answer =
        page(
            track,
            "/track",
            "'user_id':'ann','anonymous_id':'a','event':'e','session_token':'%s'".formatted(token));
    return answer.body().get("warnings").isPresent() ? "unverified" : "proved";
  }

  private void wait(Duration duration) {
    world.setClock(world.now().plus(duration));
  }

  @Test
  void aSession_lastsAnHourWhateverTheMessageSaysOfTime() {
    // given
    admin.turn(World.DEMO, VerificationMode.ENFORCE);
    var token = login(hash(secret, "ann")).text("session_token");

    // when, then
    wait(Duration.ofHours(1).minusSeconds(1));
    assertEquals("proved", tracked(token));
    wait(Duration.ofSeconds(1));
    assertEquals("unverified", tracked(token));
    assertEquals("unverified", tracked(token + "','timestamp':'" + World.NOON));
  }

  @Test
  void aSecret_isChangedForAnotherWithoutAPageNoticing() {
    // given
    admin.turn(World.DEMO, VerificationMode.ENFORCE);
    var oldToken = login(hash(secret, "ann")).text("session_token");

    // when
    var fresh = created();
    wait(Websites.MAX_AGE);

    // then
    var newToken = login(hash(fresh, "ann")).text("session_token");
    assertEquals(List.of("proved", "proved"), List.of(tracked(oldToken), tracked(newToken)));

    // when
    admin.retireSecret(World.DEMO, secret.id());
    wait(Websites.MAX_AGE);

    // then
    assertEquals("403 unverified", login(hash(secret, "ann")).summary());
    assertEquals(List.of("unverified", "proved"), List.of(tracked(oldToken), tracked(newToken)));
  }

  @Test
  void everyUnprovedUser_isCountedWhereTheWebsiteAsks() {
    login("");
    assertEquals(0L, world.counts.getOrDefault(Counter.UNVERIFIED, 0L));
    admin.turn(World.DEMO, VerificationMode.REPORT);
    wait(Websites.MAX_AGE);
    login("");
    login(hash(secret, "ann"));
    assertEquals(1L, world.counts.get(Counter.UNVERIFIED));
    tracked("");
    page(batch, "/batch", "'batch':[{'type':'identify','user_id':'b','anonymous_id':'b'}]");
    assertEquals(3L, world.counts.get(Counter.UNVERIFIED));
    admin.turn(World.DEMO, VerificationMode.ENFORCE);
    wait(Websites.MAX_AGE);
    login("");
    tracked("");
    assertEquals(5L, world.counts.get(Counter.UNVERIFIED));
  }

  @Test
  void whatEnforcementKeeps_isAnonymousOnTheStream() {
    // given
    admin.turn(World.DEMO, VerificationMode.ENFORCE);

    // when
    var refused =
        page(
            identify,
            "/identify",
            "'user_id':'ann','anonymous_id':'a','traits':{'plan':'pro'},'set_once':{'x':1}");

    // then
    assertEquals("403 unverified", refused.summary());
    assertEquals("unverified", world.lines.getLast().get("outcome"));
    var kept = world.stream.records().getFirst().messages().getFirst();
    assertEquals("a", kept.anonymous().orElseThrow().value());
    assertTrue(kept.user().isEmpty());
    assertTrue(kept.body().isEmpty());
    assertEquals(1, world.stream.records().size());
  }

  @Test
  void aStreamThatTakesNothing_isNoRefusal() {
    admin.turn(World.DEMO, VerificationMode.ENFORCE);
    world.stream.fail(crowd.core.stream.memory.InMemoryStream.Fault.THROTTLED);
    assertEquals("503 unavailable", login("").summary());
  }

  @Test
  void noProof_standsInALogAProblemOrARecord() {
    // given
    admin.turn(World.DEMO, VerificationMode.ENFORCE);
    var right = hash(secret, "ann");
    var token = login(right).text("session_token");
    var others = hash(secret, "bob");

    // when
    tracked(token);
    tracked(right);
    login(others);
    login(token);
    page(track, "/track", "'user_id':'ann','event':'e','user_hash':'" + others + "'");
    page(
        track,
        "/track",
        "'user_id':[],'user_hash':'%s','sessionToken':'%s'".formatted(right, token));
    page(
        batch,
        "/batch",
        "'user_hash':'%s','session_token':'%s','batch':[{'type':'track','user_id':'ann','event':'e','userHash':'%s'},{'type':7}]"
            .formatted(right, token, others));

    // then
    assertEquals(4, answers.size());
    var kept = new StringBuilder(answers.toString()).append(world.lines).append(world.store.dump());
    for (var envelope : world.stream.records()) {
      kept.append(new String(EnvelopeJson.write(envelope), StandardCharsets.UTF_8));
    }
    for (var proof : List.of(right, others, token, token.substring(token.lastIndexOf('.') + 1))) {
      assertFalse(kept.toString().contains(proof));
    }
  }
}
