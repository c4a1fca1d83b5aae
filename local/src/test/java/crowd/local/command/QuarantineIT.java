package crowd.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonReader;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.table.TableKeys;
import crowd.local.dev.DirectWiring;
import crowd.local.dev.LocalTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with records that were kept aside. */
class QuarantineIT {

  @TempDir private Path data = Path.of("");

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);

  private Ended crowd(String... arguments) {
    return Ended.of(List.of(arguments), "--data", data.toString());
  }

  private Message event() {
    return new Message(
        MessageType.TRACK,
        new UserId("ann"),
        null,
        "m1",
        now,
        now,
        now,
        Instant.MAX,
        false,
        JsonReader.readOwnObject("{\"event\":\"e\"}"));
  }

  private void keep(String sequenceNumber, byte[] record, String reason)
      throws IOException, InterruptedException {
    try (var table = LocalTable.of(data)) {
      assertTrue(
          DirectWiring.on(table.store())
              .quarantine()
              .keep(now, sequenceNumber, Base64.getEncoder().encodeToString(record), reason));
    }
  }

  @Test
  void records_areListedShownRedrivenAndDropped() throws IOException, InterruptedException {
    // given
    var website = new WebsiteId("demo");
    keep("1", EnvelopeJson.write(new Envelope(website, List.of(event()))), "defect: a.Defect");
    keep("2", "\u001b[31mann".getBytes(StandardCharsets.UTF_8), "not a JSON object");
    // then
    var listed = crowd("quarantine").out();
    assertTrue(listed.contains(day + "/1  " + now), listed);
    assertTrue(listed.endsWith("defect: a.Defect"), listed);
    assertFalse(listed.contains("ann"), listed);
    assertTrue(crowd("quarantine", "show", day + "/2").out().endsWith("\n\\u001b[31mann"));
    // when
    var redriven = crowd("quarantine", "redrive", "--day", day.toString());
    // then
    assertEquals(
        new Ended(
            1,
            day
                + "/1  redriven: 1 message\n"
                + day
                + "/2  stays: still not understood: not a JSON object\n1 of 2 redriven",
            "crowd: 1 record stays"),
        redriven);
    try (var table = LocalTable.of(data)) {
      var key = TableKeys.event(website, event());
      assertTrue(table.store().get(List.of(key)).containsKey(key));
    }
    assertEquals(
        new Ended(0, "dropped " + day + "/2", ""), crowd("quarantine", "drop", day + "/2"));
    assertEquals(new Ended(0, "nothing is in quarantine", ""), crowd("quarantine"));
  }

  @Test
  void whatIsNotThere_isOneLine() {
    var missing = "crowd: no record 2026-11-25/1; see ./crowd quarantine";
    assertEquals(new Ended(1, "", missing), crowd("quarantine", "show", "2026-11-25/1"));
    assertEquals(new Ended(1, "", missing), crowd("quarantine", "drop", "2026-11-25/1"));
    assertEquals(
        new Ended(1, "", "crowd: redrive what? an ID, or --day DAY; see ./crowd quarantine"),
        crowd("quarantine", "redrive"));
    assertEquals(
        new Ended(1, "", "crowd: ID is a day, a slash and a number; see ./crowd quarantine"),
        crowd("quarantine", "show", "1"));
  }
}
