package crowd.local.eventsource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.local.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JSON that functions and people see, against the examples of Lambda's documentation. */
class EventJsonTest {

  private static final EventSourceSettings SETTINGS =
      EventSourceSettings.defaults(
          "consumer",
          Duration.ofMinutes(1),
          "arn:aws:kinesis:eu-west-1:123456789012:stream/events");

  private static final List<StreamRecord> RECORDS =
      List.of(
          record("49590338271490256608559692538361571095921575989136588898", "1", "Hello", 987),
          record("49590338271490256608559692540925702759324208523137515618", "\u00e9", "", 0));

  private static final String EVENT =
      """
      {"Records": [
        {
          "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": "1",
            "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
            "data": "SGVsbG8=",
            "approximateArrivalTimestamp": 1545084650.987
          },
          "eventSource": "aws:kinesis",
          "eventVersion": "1.0",
          "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
          "eventName": "aws:kinesis:record",
          "invokeIdentityArn": "arn:aws:iam::123456789012:role/consumer",
          "awsRegion": "eu-west-1",
          "eventSourceARN": "arn:aws:kinesis:eu-west-1:123456789012:stream/events"
        },
        {
          "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": "\u00e9",
            "sequenceNumber": "49590338271490256608559692540925702759324208523137515618",
            "data": "",
            "approximateArrivalTimestamp": 1545084650.000
          },
          "eventSource": "aws:kinesis",
          "eventVersion": "1.0",
          "eventID": "shardId-000000000006:49590338271490256608559692540925702759324208523137515618",
          "eventName": "aws:kinesis:record",
          "invokeIdentityArn": "arn:aws:iam::123456789012:role/consumer",
          "awsRegion": "eu-west-1",
          "eventSourceARN": "arn:aws:kinesis:eu-west-1:123456789012:stream/events"
        }
      ]}
      """;

  @Test
  void event_isAsDocumented() {
    // when
    var event = KinesisEventJson.write(SETTINGS, "shardId-000000000006", RECORDS);

    // then
    assertEquals(canonical(EVENT), event);
  }

  @Test
  void failure_afterAFunctionError_isAsDocumented() {
    // given
    var batch =
        Batch.of(RECORDS)
            .after(new Invocation.Failed("request-1", "it threw"))
            .again()
            .after(new Invocation.Failed("request-2", "it threw"));

    // when
    var note = write(batch, GivenUp.RETRY_ATTEMPTS_EXHAUSTED);

    // then
    assertEquals(
        canonical(
            """
            {
              "requestContext": {
                "requestId": "request-2",
                "functionArn": "arn:aws:lambda:eu-west-1:123456789012:function:consumer",
                "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": 2
              },
              "responseContext": {
                "statusCode": 200,
                "executedVersion": "$LATEST",
                "functionError": "Unhandled"
              },
              "version": "1.0",
              "timestamp": "2018-12-17T22:10:52Z",
              "KinesisBatchInfo": {
                "shardId": "shardId-000000000006",
                "startSequenceNumber": "49590338271490256608559692538361571095921575989136588898",
                "endSequenceNumber": "49590338271490256608559692540925702759324208523137515618",
                "approximateArrivalOfFirstRecord": "2018-12-17T22:10:50.987Z",
                "approximateArrivalOfLastRecord": "2018-12-17T22:10:50Z",
                "batchSize": 2,
                "streamArn": "arn:aws:kinesis:eu-west-1:123456789012:stream/events"
              }
            }
            """),
        JsonText.write(note.without("payload")));
    assertEquals(new Json.Text(canonical(EVENT)), note.fields().get("payload"));
  }

  @Test
  void failure_afterReportedItems_isNoFunctionError() {
    // given
    var batch = Batch.of(RECORDS).after(new Invocation.Returned("request-1", "{}"));

    // when
    var note = write(batch, GivenUp.RETRY_ATTEMPTS_EXHAUSTED);

    // then
    assertEquals(
        canonical("{\"statusCode\":200,\"executedVersion\":\"$LATEST\"}"),
        JsonText.write(note.object("responseContext").orElseThrow()));
  }

  @Test
  void failure_withoutAnyInvocation_hasNoRequestAndNoResponse() {
    // when
    var note = write(Batch.of(RECORDS), GivenUp.RECORD_AGE_EXCEEDED);

    // then
    assertEquals(
        canonical(
            """
            {
              "functionArn": "arn:aws:lambda:eu-west-1:123456789012:function:consumer",
              "condition": "RecordAgeExceeded",
              "approximateInvokeCount": 0
            }
            """),
        JsonText.write(note.object("requestContext").orElseThrow()));
    assertEquals(false, note.get("responseContext").isPresent());
  }

  private static Json.Obj write(Batch batch, GivenUp condition) {
    return FailureJson.write(
        SETTINGS, "shardId-000000000006", batch, condition, Instant.parse("2018-12-17T22:10:52Z"));
  }

  private static StreamRecord record(
      String sequenceNumber, String partitionKey, String data, int millis) {
    return new StreamRecord(
        sequenceNumber,
        partitionKey,
        Instant.parse("2018-12-17T22:10:50Z").plusMillis(millis),
        ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)));
  }

  private static String canonical(String json) {
    return JsonText.write(JsonReader.readOwn(json));
  }
}
