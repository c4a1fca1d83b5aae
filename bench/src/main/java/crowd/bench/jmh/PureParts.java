package crowd.bench.jmh;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.message.Arrival;
import crowd.core.message.Message;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageType;
import crowd.core.message.RandomIds;
import crowd.core.store.Key;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.table.EventRow;
import crowd.core.table.TableKeys;
import crowd.core.traits.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a message goes through that is neither the SDK's nor the cloud's. */
@State(Scope.Thread)
public class PureParts {

  private static final WebsiteId WEBSITE = new WebsiteId("demo");
  private static final byte[] TRACK =
      """
      {"website":"demo","anonymous_id":"anon_1f0e5b7e","event":"Viewed Pricing","properties":{"plan":"pro","price":49.0},\
      "timestamp":"2025-05-20T14:15:00Z","message_id":"m-1"}\
      """
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final byte[] IDENTIFY =
      """
      {"website":"demo","user_id":"user_123","traits":{"email":"jane@acme.com","name":"Janet Jackson","plan":"pro",\
      "is_admin":false},"timestamp":"2025-05-20T14:16:00Z","message_id":"m-2"}\
      """
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final Arrival ARRIVAL =
      new Arrival(Instant.parse("2025-05-20T14:16:01Z"), true, Set.of(), Duration.ofDays(400));

  private final MessageParser parser = new MessageParser(new RandomIds());
  private final Json.Obj tracked = json(TRACK);
  private final Json.Obj identified = json(IDENTIFY);
  private final Message message = parsed(MessageType.TRACK, tracked);
  private final Envelope envelope = new Envelope(WEBSITE, List.of(message));
  private final byte[] record = EnvelopeJson.writeRecord(envelope);
  private final Traits traits = Traits.of(parsed(MessageType.IDENTIFY, identified), 0);
  private final Traits others =
      Traits.of(
          parsed(
              MessageType.IDENTIFY,
              identified.with("timestamp", new Json.Text("2025-05-20T14:15:59Z"))),
          0);

  private static Json.Obj json(byte[] text) {
    if (JsonReader.read(text, 16) instanceof JsonReader.Outcome.Read(Json.Obj object)) {
      return object;
    }
    throw new IllegalStateException("no object");
  }

  private Message parsed(MessageType type, Json.Obj body) {
    if (parser.parse(type, body, Optional.empty(), ARRIVAL)
        instanceof MessageParser.Parsed.Valid(var valid)) {
      return valid;
    }
    throw new IllegalStateException("not valid");
  }

  @Benchmark
  public Json.Obj readJson() {
    return json(TRACK);
  }

  @Benchmark
  public String writeJson() {
    return JsonText.write(tracked);
  }

  @Benchmark
  public Message validateTrack() {
    return parsed(MessageType.TRACK, tracked);
  }

  @Benchmark
  public Message validateIdentify() {
    return parsed(MessageType.IDENTIFY, identified);
  }

  @Benchmark
  public Key eventKey() {
    return TableKeys.event(WEBSITE, message);
  }

  @Benchmark
  public Object eventRow() {
    return EventRow.origin(WEBSITE, message);
  }

  @Benchmark
  public byte[] writeEnvelope() {
    return EnvelopeJson.writeRecord(envelope);
  }

  @Benchmark
  public Envelope readEnvelope() {
    return EnvelopeJson.read(record);
  }

  @Benchmark
  public Traits joinTraits() {
    return traits.join(others);
  }
}
