package crowd.core.erase;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.quarantine.Contents;
import crowd.core.quarantine.Quarantine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Takes an erased person out of the records that were kept aside because nobody understands them:
 * the messages that hold one of his ids, or the whole record where it does not even show messages.
 */
record QuarantineSweep(Quarantine quarantine) {

  /** Days that a record is kept, and one for the store to forget it. */
  private static final int DAYS = 15;

  private static final int MAX_DEPTH = 64;

  /**
   * @param names the ids of the person
   * @param erasedAt records that were received later stay
   */
  void remove(List<String> names, Instant erasedAt) {
    var strings = names.stream().map(name -> JsonText.write(new Json.Text(name))).toList();
    var last = LocalDate.ofInstant(erasedAt, ZoneOffset.UTC);
    for (var kept : quarantine.list(last.minusDays(DAYS), last)) {
      if (!kept.receivedAt().isAfter(erasedAt)) {
        quarantine.find(kept.id()).ifPresent(contents -> remove(contents, strings));
      }
    }
  }

  private void remove(Contents contents, List<String> strings) {
    var text = new String(contents.bytes(), StandardCharsets.UTF_8);
    if (!holds(text, strings)) {
      return;
    }
    var kept = contents.kept();
    var rest = withoutMessages(contents.bytes(), strings);
    if (rest.isEmpty() || kept.parts() > 1) {
      quarantine.drop(kept.id());
    }
    rest.ifPresent(json ->
        quarantine.keep(
            kept.receivedAt(),
            kept.id().sequenceNumber(),
            Base64.getEncoder()
                .encodeToString(JsonText.write(json).getBytes(StandardCharsets.UTF_8)),
            kept.reason()));
  }

  private static boolean holds(String text, List<String> strings) {
    return strings.stream().anyMatch(text::contains);
  }

  /** What is left of a record that shows its messages; empty if nothing is. */
  private static Optional<Json.Obj> withoutMessages(byte[] record, List<String> strings) {
    if (!(JsonReader.read(record, MAX_DEPTH) instanceof JsonReader.Outcome.Read(Json.Obj json))
        || !(json.get("messages").orElse(Json.Null.VALUE) instanceof Json.Arr(var messages))) {
      return Optional.empty();
    }
    var others =
        messages.stream().filter(message -> !holds(JsonText.write(message), strings)).toList();
    var rest = json.with("messages", new Json.Arr(others));
    return others.isEmpty() || holds(JsonText.write(rest), strings)
        ? Optional.empty()
        : Optional.of(rest);
  }
}
