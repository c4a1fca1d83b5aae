package crowd.core.stream;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.message.Message;
import crowd.core.message.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * An envelope as bytes: {@code {"v":1,"website":"demo","messages":[...]}} in UTF-8.
 *
 * <p>A reader takes its own version and refuses every other: such a record is kept aside, not lost.
 */
public final class EnvelopeJson {

  private static final Json.Num VERSION = Json.Num.of(1);

  /** The body's own nesting, and what the envelope puts around it. */
  private static final int MAX_DEPTH = 32;

  private EnvelopeJson() {}

  public static byte[] write(Envelope envelope) {
    var fields = new LinkedHashMap<String, Json>();
    fields.put("v", VERSION);
    fields.put("website", new Json.Text(envelope.website().value()));
    fields.put(
        "messages",
        new Json.Arr(envelope.messages().stream().<Json>map(MessageJson::write).toList()));
    return JsonText.write(new Json.Obj(fields)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The bytes of one record of a stream.
   *
   * @throws IllegalArgumentException if they are more than {@link Stream#MAX_BYTES}
   */
  public static byte[] writeRecord(Envelope envelope) {
    var bytes = write(envelope);
    if (bytes.length > Stream.MAX_BYTES) {
      throw new IllegalArgumentException(
          "an envelope of " + bytes.length + " bytes; a record holds " + Stream.MAX_BYTES);
    }
    return bytes;
  }

  /**
   * @throws IllegalArgumentException if the bytes are not an envelope of this version: they can
   *     never be understood by this reader
   */
  public static Envelope read(byte[] utf8) {
    if (!(JsonReader.read(utf8, MAX_DEPTH) instanceof JsonReader.Outcome.Read(Json.Obj json))) {
      throw new IllegalArgumentException("not a JSON object");
    }
    if (!json.get("v").orElse(Json.Null.VALUE).equals(VERSION)) {
      throw new IllegalArgumentException("an envelope of another version");
    }
    if (!(json.get("messages").orElse(Json.Null.VALUE) instanceof Json.Arr(var values))) {
      throw new IllegalArgumentException("an envelope without messages");
    }
    var messages = new ArrayList<Message>();
    for (var value : values) {
      if (!(value instanceof Json.Obj message)) {
        throw new IllegalArgumentException("a message that is not an object");
      }
      messages.add(MessageJson.read(message));
    }
    var website =
        json.text("website").orElseThrow(() -> new IllegalArgumentException("no website"));
    return new Envelope(new WebsiteId(website), List.copyOf(messages));
  }
}
