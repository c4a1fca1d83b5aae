package crowd.functions.compat;

import crowd.core.identify.Warning;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.json.Unicode;
import crowd.core.message.MessageType;
import crowd.core.verify.Proof;
import crowd.functions.http.Problem;
import crowd.functions.http.Several;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What a call delivers: one message, or those of a batch, made into messages of our own. */
sealed interface Delivery {

  /** Of the context of a batch, once for each of its messages: together they are one record. */
  int MAX_SHARED_BYTES = 256 * 1024;

  record Read(Several several, List<Warning> warnings) implements Delivery {
    public Read {
      warnings = List.copyOf(warnings);
    }
  }

  record Refused(Problem problem) implements Delivery {}

  static Delivery read(Call call, Json.Obj body, boolean fromPage, Instant receivedAt) {
    return call.type()
        .map(type -> one(type, body, fromPage, receivedAt))
        .orElseGet(() -> batch(body, fromPage, receivedAt));
  }

  /** The path says of what type it is, whatever the message says. */
  private static Delivery one(
      MessageType type, Json.Obj body, boolean fromPage, Instant receivedAt) {
    var message = body.with("type", new Json.Text(type.word()));
    var translator = new Translator(fromPage, Json.Obj.EMPTY, Optional.empty(), receivedAt);
    return translated(List.of(message), translator, false, Proof.NONE);
  }

  private static Delivery batch(Json.Obj body, boolean fromPage, Instant receivedAt) {
    if (!(body.get("batch").orElse(Json.Null.VALUE) instanceof Json.Arr(var messages))) {
      return new Refused(
          Problem.invalid(
              "batch",
              body.get("batch").isPresent() ? "wrong_type" : "missing",
              "must be an array of messages"));
    }
    var tooMany = Several.tooMany(messages);
    if (tooMany.isPresent()) {
      return new Refused(tooMany.get());
    }
    var context = body.object("context").orElse(Json.Obj.EMPTY);
    if (Unicode.utf8Length(JsonText.write(context)) * messages.size() > MAX_SHARED_BYTES) {
      return new Refused(
          Problem.tooLarge(
              "context_too_large",
              "The context of the batch counts for each of its messages, and is over "
                  + MAX_SHARED_BYTES / 1024
                  + " KB in all; send less of it, or fewer messages in a call."));
    }
    var translator = new Translator(fromPage, context, MessageTimes.sentAt(body), receivedAt);
    return translated(messages, translator, true, Proof.of(body));
  }

  private static Delivery translated(
      List<Json> foreign, Translator translator, boolean inBatch, Proof proof) {
    var warnings = new LinkedHashSet<Warning>();
    var messages = new ArrayList<Json>();
    for (var value : foreign) {
      messages.add(
          value instanceof Json.Obj message ? translator.translate(message, warnings::add) : value);
    }
    return new Read(
        new Several(messages, inBatch, translator.sentAt(), proof), List.copyOf(warnings));
  }
}
