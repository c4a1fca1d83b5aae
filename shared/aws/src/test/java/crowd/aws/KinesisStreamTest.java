package crowd.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

class KinesisStreamTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  @Test
  void append_putsOneRecordSpreadByMessageId() {
    // given
    var client = new Client(() -> PutRecordResponse.builder().build());
    var envelope = envelope("m-1", "Seen");

    // when
    var outcome = new KinesisStream(client, "events").append(envelope);

    // then
    assertEquals(AppendOutcome.APPENDED, outcome);
    assertEquals(
        List.of(
            PutRecordRequest.builder()
                .streamName("events")
                .partitionKey("m-1")
                .data(SdkBytes.fromByteArray(EnvelopeJson.write(envelope)))
                .build()),
        client.requests);
  }

  @Test
  void append_keyThatKinesisWouldNotTake_isHashed() {
    // given
    var client = new Client(() -> PutRecordResponse.builder().build());
    var stream = new KinesisStream(client, "events");

    // when
    for (var id : List.of("x".repeat(256), "x".repeat(257), "\u00e9".repeat(129))) {
      stream.append(envelope(id, "Seen"));
    }

    // then
    assertEquals(
        List.of(256, 64, 64),
        client.requests.stream().map(request -> request.partitionKey().length()).toList());
  }

  @ParameterizedTest
  @MethodSource
  void append_throttled(RuntimeException failure) {
    assertEquals(AppendOutcome.THROTTLED, appendFailingWith(failure));
  }

  static List<RuntimeException> append_throttled() {
    return List.of(
        ProvisionedThroughputExceededException.builder().build(),
        LimitExceededException.builder().build(),
        KmsThrottlingException.builder().build(),
        serviceError(400, "ThrottlingException"),
        serviceError(429, "TooManyRequestsException"),
        serviceError(503, "SlowDown"));
  }

  @ParameterizedTest
  @MethodSource
  void append_unknown(RuntimeException failure) {
    assertEquals(AppendOutcome.UNKNOWN, appendFailingWith(failure));
  }

  static List<RuntimeException> append_unknown() {
    return List.of(
        serviceError(500, "InternalFailure"),
        serviceError(503, "ServiceUnavailable"),
        ResourceNotFoundException.builder().build(),
        SdkClientException.create("connection reset"),
        ApiCallTimeoutException.create(2_000),
        AbortedException.create("interrupted"));
  }

  @Test
  void append_overTheLargest_callsNobody() {
    // given
    var client = new Client(() -> PutRecordResponse.builder().build());
    var stream = new KinesisStream(client, "events");

    // when, then
    assertThrows(
        IllegalArgumentException.class,
        () -> stream.append(envelope("m-1", "x".repeat(Stream.MAX_BYTES))));
    assertEquals(List.of(), client.requests);
  }

  private static AppendOutcome appendFailingWith(RuntimeException failure) {
    var client =
        new Client(() -> {
          throw failure;
        });
    return new KinesisStream(client, "events").append(envelope("m-1", "Seen"));
  }

  private static RuntimeException serviceError(int status, String code) {
    return (RuntimeException)
        KinesisException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  static Envelope envelope(String messageId, String event) {
    return new Envelope(
        new WebsiteId("demo"),
        List.of(
            new Message(
                MessageType.TRACK,
                null,
                new AnonymousId("anon_1"),
                messageId,
                NOON,
                NOON,
                NOON,
                Instant.MAX,
                false,
                new Json.Obj(Map.of("event", new Json.Text(event))))));
  }

  /** A client that answers as it is told. */
  private static final class Client implements KinesisClient {
    final List<PutRecordRequest> requests = new ArrayList<>();
    private final Supplier<PutRecordResponse> answer;

    Client(Supplier<PutRecordResponse> answer) {
      this.answer = answer;
    }

    @Override
    public PutRecordResponse putRecord(PutRecordRequest request) {
      requests.add(request);
      return answer.get();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
