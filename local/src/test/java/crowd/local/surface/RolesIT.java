package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.aws.Clients;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.profile.Profile;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import crowd.core.table.ProfileRow;
import crowd.core.table.TableKeys;
import crowd.core.website.KeyRole;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.Project;
import crowd.local.dev.Demo;
import crowd.local.function.Invocation;
import crowd.local.role.Guard;
import crowd.local.surface.Api.Answer;
import crowd.local.template.Call;
import crowd.local.template.FunctionResource;
import crowd.local.template.KnownCalls;
import crowd.local.template.Template;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every kind of call that the functions make to AWS, made once more: {@code calls.txt}, which the
 * rules hold against the roles of template.yaml, has these and no others. Whatever a role does not
 * allow is refused here, as in every test that runs on {@link Stage} or the local run.
 */
class RolesIT {

  private static final String BASIC =
      Base64.getEncoder().encodeToString("sk_demo_local:".getBytes(StandardCharsets.UTF_8));
  private static final URI NOBODY = URI.create("http://127.0.0.1:9");

  private static final Set<String> PRIMED_BY_ROWS =
      Set.of("identify", "reset", "batch", "compat", "manage");

  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private Template template = template();

  private static Template template() {
    try {
      return TemplateReader.read(Project.file("template.yaml"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void saw(FunctionResource function, Call call) {
    seen.addAll(KnownCalls.lines(function.feature(), call));
  }

  @Test
  void calls_areThoseThatAreKnown() throws Exception {
    // given
    warmUp();
    try (var stage = Stage.start(template, this::saw)) {
      // when
      var api = stage.api();
      speak(api);
      stage.settleDown();
      changeTheirMinds(api);
      leaveByFingerprint(stage, api);
      assertEquals(
          Invocation.Answered.class, stage.invoke("ConsumerFunction", unreadable()).getClass());
      stage.settleDown();
      look(api);
      spoil(stage);
      stage.settleDown();
      end(api);
      stage.settleDown();
      stage.replay();
      stage.settleDown();
      // then
      assertEquals(
          "",
          difference(KnownCalls.file(), seen),
          "what calls.txt has too many (-) or too few (+)");
    }
  }

  private static String difference(Set<String> file, Set<String> seen) {
    var lines = new TreeSet<String>();
    file.stream().filter(line -> !seen.contains(line)).forEach(line -> lines.add("-" + line));
    seen.stream().filter(line -> !file.contains(line)).forEach(line -> lines.add("+" + line));
    return String.join("\n", lines);
  }

  /** What each function asks for at its start, of nobody: only what is asked counts here. */
  private void warmUp() {
    for (var function : template.functions().values()) {
      var guard = Guard.of(function, this::saw);
      var http = Clients.newHttp();
      var nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none"));
      try (var clients =
          new Clients(
              http,
              guard
                  .before(Clients.dynamoDb(http, Region.US_EAST_1))
                  .endpointOverride(NOBODY)
                  .credentialsProvider(nobody)
                  .build(),
              guard
                  .before(Clients.kinesis(http, Region.US_EAST_1))
                  .endpointOverride(NOBODY)
                  .credentialsProvider(nobody)
                  .build())) {
        if (function.environment().containsKey("TABLE_NAME")) {
          clients.prime("crowd");
        }
        if (PRIMED_BY_ROWS.contains(function.feature())) {
          clients.primeRows("crowd");
        }
        if (function.environment().containsKey("STREAM_NAME")) {
          clients.primeStream("crowd");
        }
      }
    }
  }

  private static void speak(Api api) {
    api.track("", "a", "e1", 1);
    api.identify("ann", "a", 2, "{'email':'ann@example.org'}");
    api.track("ann", "a", "e2", 3);
    api.track("ann", "other", "e3", 3);
    api.group("ann", "", "acme", "{'size':3}", 4);
    api.identify("bob", "b", 5);
    answered(api.alias("bob", "ann", 6));
    answered(api.alias("anon_c", "ann", 6));
    inBatches(api, "1");
  }

  /**
   * What was looked up before is looked up no more; what was sent before a reset comes after it.
   */
  private static void changeTheirMinds(Api api) {
    api.reset("a", 7);
    api.track("", "a", "late", 8);
    api.identify("ann", "", 9, "{'email':'ann@example.com'}");
    inBatches(api, "2");
  }

  private static void inBatches(Api api, String time) {
    answered(
        api.post(
            "/v1/batch",
            Map.of("Authorization", "Basic " + BASIC),
            """
            {'batch':[
              {'type':'identify','userId':'cid','anonymousId':'c','messageId':'c1-%1$s',
               'traits':{'email':'cid@example.%1$s'}},
              {'type':'track','userId':'cid','event':'e','messageId':'c2-%1$s'},
              {'type':'alias','userId':'cid','previousId':'c-%1$s','messageId':'c3-%1$s'}]}\
            """
                .formatted(time)));
    answered(
        api.message(
            "/batch",
            """
            'batch':[
              {'type':'identify','user_id':'dan','anonymous_id':'d',
               'traits':{'email':'dan@example.%1$s'}},
              {'type':'reset','anonymous_id':'e-%1$s'},
              {'type':'alias','user_id':'dan','previous_id':'d-%1$s'}]\
            """
                .formatted(time)));
  }

  /** A page, and then servers that know no more of the visitor than what his browser is. */
  private static void leaveByFingerprint(Stage stage, Api api) {
    var admin = new WebsiteAdmin(stage.table(), InstantSource.system());
    var site = new WebsiteId("seen");
    var website = Website.starting(site, Set.of(Website.LOOPBACK));
    admin.add(website.with(website.fingerprinting().turned(true)));
    var key = admin.createKey(site, KeyRole.SERVER).orElseThrow().reveal();
    answered(
        api.post(
            "/track",
            Map.of("Origin", "http://localhost:3000", "User-Agent", "firefox"),
            "{'website':'seen','anonymous_id':'seen','event':'e'}"));
    stage.consumeAll();
    var seen = "'user_id':'eve','fingerprint':{'ip':'127.0.0.1','user_agent':'firefox'}";
    answered(api.of(key).post("/identify", "{'website':'seen'," + seen + "}"));
    answered(
        api.of(key)
            .post("/batch", "{'website':'seen','batch':[{'type':'identify'," + seen + "}]}"));
  }

  /** A record of the stream that nobody can read. */
  private static String unreadable() throws IOException {
    return Files.readString(Project.file("events/consumer.json"))
        .replaceAll("\"data\": \"[^\"]*\"", "\"data\": \"AAAA\"");
  }

  private static void look(Api api) {
    answered(api.user("ann"));
    assertTrue(api.messageIds("ann").contains("e1"));
    answered(api.get("/users"));
    answered(api.get("/users?q=ann"));
    answered(api.get("/website"));
  }

  /** Rows come and go by another hand than ours; the audit puts it right. */
  private static void spoil(Stage stage) {
    var table = stage.table();
    var writes = new ArrayList<Write>();
    for (var row : stage.items()) {
      var key = new Key(text(row, "pk"), text(row, "sk"));
      if (key.pk().startsWith("demo#d#")
          || (key.pk().equals("demo#u#ann") && key.sk().contains("#="))) {
        writes.add(new Write.Delete(key, Condition.ALWAYS));
      }
    }
    var fay = Profile.unseen(new WebsiteId(Demo.WEBSITE), new UserId("fay")).seen(Instant.now());
    var link = TableKeys.link(fay.website(), fay.user(), new AnonymousId("anon_f"));
    writes.add(ProfileRow.write(fay));
    writes.add(
        new Write.Put(
            Item.at(link)
                .with("epoch", 1L)
                .with("linked_at", 1L)
                .with("source", "identify")
                .with("message_id", "m"),
            Condition.ALWAYS));
    assertTrue(writes.size() > 2);
    table.write(writes);
  }

  private static String text(Map<String, AttributeValue> row, String name) {
    return Objects.requireNonNull(row.get(name), name).s();
  }

  private static void end(Api api) {
    answered(api.unlink("ann", "anonymous_id", "a"));
    answered(api.unlink("ann", "previous_id", "bob"));
    answered(api.erase("ann"));
  }

  private static void answered(Answer answer) {
    assertEquals(2, answer.status() / 100, answer::toString);
  }
}
