package crowd.functions.fuzz;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.functions.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The project's sample events, as what a fuzzer begins with. */
final class SampleEvents {

  private static final Set<String> TIMES =
      Set.of("timestamp", "sent_at", "sentAt", "originalTimestamp");

  /** In all forms that are taken, and some that are not. */
  private static final List<String> FORMS =
      List.of(
          "2025-05-20T14:15:00.123456789Z",
          "2025-05-20T14:15:00+02:00",
          "2025-05-20 14:15:00Z",
          "2025-05-20",
          "2016-12-31T23:59:60Z",
          "1747750500",
          "1747750500000",
          "1747750500.123",
          "1.7477505e12",
          "-1");

  private SampleEvents() {}

  private static Path folder() {
    for (var here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
      if (Files.exists(here.resolve("template.yaml"))) {
        return here.resolve("events");
      }
    }
    throw new IllegalStateException("no template.yaml above the working directory");
  }

  private static Stream<Json.Obj> all() {
    try (var files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
          .map(SampleEvents::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json.Obj read(Path file) {
    try {
      // The pages of the samples are those of a local run.
      return JsonReader.readOwnObject(
          Files.readString(file)
              .replace("http://localhost:3000", World.ORIGIN)
              .replace("http://127.0.0.1:3000", World.ORIGIN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls of the HTTP API, in payload format 2.0. */
  static List<byte[]> calls() {
    return all()
        .filter(event -> event.text("routeKey").isPresent())
        .map(event -> JsonText.write(event).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  /** What the calls send. */
  static List<byte[]> bodies() {
    return all().map(SampleEvents::body).flatMap(Optional::stream).toList();
  }

  private static Optional<byte[]> body(Json.Obj event) {
    boolean isBase64 = event.get("isBase64Encoded").equals(Optional.of(new Json.Bool(true)));
    return event
        .text("body")
        .map(text ->
            isBase64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8));
  }

  /** What those that are calls put on the stream, and what the consumer's one finds there. */
  static List<byte[]> envelopes() {
    var world = new World();
    var functions = new Functions(world);
    calls().forEach(call -> world.invoke(functions.of(call), call));
    var all = new ArrayList<byte[]>();
    for (Envelope envelope : world.stream.records()) {
      all.add(EnvelopeJson.write(envelope));
    }
    all().forEach(event -> all.addAll(records(event)));
    return List.copyOf(all);
  }

  private static List<byte[]> records(Json.Obj event) {
    var records = new ArrayList<byte[]>();
    if (event.get("Records").orElse(Json.Null.VALUE) instanceof Json.Arr(var entries)) {
      for (var entry : entries) {
        if (entry instanceof Json.Obj record) {
          record
              .object("kinesis")
              .flatMap(kinesis -> kinesis.text("data"))
              .ifPresent(data -> records.add(Base64.getDecoder().decode(data)));
        }
      }
    }
    return records;
  }

  /** Each of them alone, and all in one; a line for each. */
  static List<byte[]> batches() {
    var batches = new ArrayList<>(envelopes());
    var together = new ByteArrayOutputStream();
    for (var envelope : envelopes()) {
      together.writeBytes(envelope);
      together.write('\n');
    }
    batches.add(together.toByteArray());
    return List.copyOf(batches);
  }

  static List<byte[]> times() {
    var times = new ArrayList<>(FORMS);
    bodies()
        .forEach(body -> {
          if (JsonReader.read(body, 16) instanceof JsonReader.Outcome.Read(var json)) {
            addTimes(json, times);
          }
        });
    return times.stream().map(time -> time.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static void addTimes(Json json, List<String> times) {
    switch (json) {
      case Json.Obj(var fields) ->
          fields.forEach((name, value) -> {
            if (TIMES.contains(name)) {
              times.add(value instanceof Json.Text(var text) ? text : JsonText.write(value));
            } else {
              addTimes(value, times);
            }
          });
      case Json.Arr(var values) -> values.forEach(value -> addTimes(value, times));
      case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> {
        // No time.
      }
    }
  }
}
