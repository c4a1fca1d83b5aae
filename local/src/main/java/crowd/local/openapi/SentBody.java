package crowd.local.openapi;

import crowd.core.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** What of a body that was taken is to be as the document says. */
final class SentBody {

  private static final String BATCH = "batch";

  /** A message that is right everywhere. */
  private static final Json ANY =
      Json.Obj.EMPTY
          .with("type", new Json.Text("reset"))
          .with("anonymousId", new Json.Text("anon_1"));

  private SentBody() {}

  /** As it was before it was packed. */
  static String text(byte[] body) {
    boolean zipped = body.length > 1 && body[0] == (byte) 0x1f && body[1] == (byte) 0x8b;
    if (!zipped) {
      return new String(body, StandardCharsets.UTF_8);
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A batch without the messages of which the answer says that they were not taken. */
  static Json withoutUntaken(Json body, Json answer) {
    if (!(body instanceof Json.Obj sent
        && sent.get(BATCH).orElse(Json.Null.VALUE) instanceof Json.Arr(var messages))) {
      return body;
    }
    var untaken = untaken(answer);
    var taken = new ArrayList<Json>();
    for (int i = 0; i < messages.size(); i++) {
      if (!untaken.contains(i)) {
        taken.add(messages.get(i));
      }
    }
    // None is fine, then: the answer is what is looked at.
    return taken.isEmpty() && !untaken.isEmpty()
        ? sent.with(BATCH, new Json.Arr(List.of(ANY)))
        : sent.with(BATCH, new Json.Arr(taken));
  }

  private static Set<Integer> untaken(Json answer) {
    var untaken = new HashSet<Integer>();
    if (answer instanceof Json.Obj object) {
      var results = list(object.get("results"));
      for (int i = 0; i < results.size(); i++) {
        if (!OpenApi.object(results.get(i)).text("result").equals(Optional.of("ok"))) {
          untaken.add(i);
        }
      }
      for (var error : list(object.get("errors"))) {
        if (OpenApi.object(error).get("index").orElseThrow() instanceof Json.Num(var index)) {
          untaken.add(Integer.valueOf(index));
        }
      }
    }
    return untaken;
  }

  private static List<Json> list(Optional<Json> value) {
    return value.isPresent() && value.get() instanceof Json.Arr(var values) ? values : List.of();
  }
}
