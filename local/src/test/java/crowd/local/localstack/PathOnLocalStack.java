package crowd.local.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.KinesisStream;
import crowd.aws.TableSchema;
import crowd.core.message.RandomIds;
import crowd.core.observe.Metrics;
import crowd.core.website.WebsiteAdmin;
import crowd.functions.Wiring;
import crowd.functions.http.Log;
import crowd.local.Project;
import crowd.local.dev.Demo;
import crowd.local.eventsource.EventSource;
import crowd.local.eventsource.EventSourceSettings;
import crowd.local.eventsource.KinesisSource;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.function.LocalFunctions;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;

/** From a page to a timeline, with the table and the stream in LocalStack. */
@ExtendWith(LocalStackProcess.Extension.class)
class PathOnLocalStack {

  private static final String NAME = "crowd";

  private final LocalStackProcess cloud;

  PathOnLocalStack(LocalStackProcess cloud) {
    this.cloud = cloud;
  }

  @Test
  void anonymousEvent_isOnTheTimelineOfWhoeverIsIdentified() throws Exception {
    // given
    var template = TemplateReader.read(Project.file("template.yaml"));
    var clock = InstantSource.system();
    try (var clients = Clients.in(Region.EU_CENTRAL_1)) {
      TableSchema.createTable(clients.dynamoDb(), NAME);
      CloudStream.create(clients.kinesis(), NAME);
      var store = new DynamoStore(clients.dynamoDb(), NAME);
      Demo.addTo(new WebsiteAdmin(store, clock));
      var stream = new KinesisStream(clients.kinesis(), NAME);
      var wiring = new Wiring(store, stream, clock, new RandomIds(), Log.NONE, Metrics.NONE);
      var functions = LocalFunctions.of(template, wiring);
      var mapping = template.eventSource();
      var consumer = function(functions, mapping.function());
      var settings =
          EventSourceSettings.of(
              mapping,
              consumer.resource().timeout(),
              "arn:aws:kinesis:eu-central-1:000000000000:stream/" + NAME);
      // when
      var tracked = call(functions, "TrackFunction", "track");
      var identified = call(functions, "IdentifyFunction", "identify");
      try (var source =
          EventSource.start(
              settings,
              new KinesisSource(clients.kinesis(), NAME),
              consumer,
              note -> {},
              line -> {})) {
        assertTrue(source.drain(Duration.ofSeconds(60)));
      }
      var seen = call(functions, "UsersFunction", "user-events");
      // then
      assertTrue(tracked.contains("\"statusCode\":200"), tracked);
      assertTrue(identified.contains("\"statusCode\":200"), identified);
      assertTrue(seen.contains("Viewed Pricing"), seen);
    }
  }

  @Test
  void queue_isMadeAsInTheTemplate() throws IOException, InterruptedException {
    // when
    var form =
        "Action=CreateQueue&QueueName=missed-runs"
            + "&Attribute.1.Name=MessageRetentionPeriod&Attribute.1.Value=1209600"
            + "&Attribute.2.Name=SqsManagedSseEnabled&Attribute.2.Value=true";
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(cloud.endpoint())
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header(
                  "Authorization",
                  "AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/sqs/aws4_request, "
                      + "SignedHeaders=host, Signature=none")
              .POST(BodyPublishers.ofString(form))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      // then
      assertEquals(200, answer.statusCode(), answer.body());
    }
  }

  private static LocalFunction function(Map<String, LocalFunction> functions, String name) {
    return Objects.requireNonNull(functions.get(name), name);
  }

  private static String call(Map<String, LocalFunction> functions, String function, String event)
      throws IOException {
    var text = Files.readString(Project.file("events/" + event + ".json"));
    var ended = function(functions, function).invoke(text);
    return ended instanceof Invocation.Answered(var payload) ? payload : ended.toString();
  }
}
