package crowd.functions.batch;

import crowd.core.batch.BatchOutcome.Result;
import crowd.core.json.Json;
import crowd.core.message.FieldProblem;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageType;
import crowd.core.verify.Sent;
import crowd.functions.http.Caller;
import crowd.functions.http.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of a batch in order: those to be applied, and those that are settled already. */
record Entries(List<Entry> all) {

  Entries {
    all = List.copyOf(all);
  }

  sealed interface Entry {

    record Sound(Sent sent) implements Entry {}

    /**
     * @param result {@code invalid} or {@code refused}
     * @param messageId for the sender to know it by; empty if it has none
     */
    record Settled(String result, Problem problem, Optional<String> messageId) implements Entry {}
  }

  static Entries of(BatchBody.Read body, Caller caller, MessageParser parser, Instant receivedAt) {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < body.messages().size(); i++) {
      entries.add(
          entry("batch[" + i + "]", body.messages().get(i), body, caller, parser, receivedAt));
    }
    return new Entries(entries);
  }

  private static Entry entry(
      String place,
      Json value,
      BatchBody.Read body,
      Caller caller,
      MessageParser parser,
      Instant receivedAt) {
    if (!(value instanceof Json.Obj json)) {
      return invalid(
          Json.Obj.EMPTY, new FieldProblem(place, "wrong_type", "must be an object: a message"));
    }
    var word = json.text("type").orElse("");
    if (word.equals(MessageType.ALIAS.word()) && !caller.trusted()) {
      return refused(json, Caller.SERVER_ONLY);
    }
    var type = MessageType.of(word);
    if (type.isEmpty()) {
      return invalid(
          json,
          new FieldProblem("type", "unknown_type", "must be one of " + MessageType.words())
              .in(place));
    }
    return switch (parser.parse(type.get(), json, body.sentAt(), caller.arrival(receivedAt))) {
      case MessageParser.Parsed.Invalid(var problems) ->
          settled(
              "invalid",
              json,
              Problem.invalid(problems.stream().map(problem -> problem.in(place)).toList()));
      case MessageParser.Parsed.TooLarge() -> settled("invalid", json, Problem.messageTooLarge());
      case MessageParser.Parsed.Valid(var message) ->
          caller
              .refusal(message)
              .map(problem -> refused(json, problem))
              .orElseGet(() -> new Entry.Sound(caller.sent(message, json, body.proof())));
    };
  }

  private static Entry invalid(Json.Obj json, FieldProblem problem) {
    return settled("invalid", json, Problem.invalid(List.of(problem)));
  }

  private static Entry refused(Json.Obj json, Problem problem) {
    return settled("refused", json, problem);
  }

  private static Entry settled(String result, Json.Obj json, Problem problem) {
    return new Entry.Settled(result, problem, MessageParser.messageId(json));
  }

  /** Those to be applied, in order. */
  List<Sent> messages() {
    var messages = new ArrayList<Sent>();
    for (var entry : all) {
      if (entry instanceof Entry.Sound(var sent)) {
        messages.add(sent);
      }
    }
    return messages;
  }

  /**
   * The answer: a result for every message, in order.
   *
   * @param applied one for each of {@link #messages}
   */
  Json.Obj results(List<Result> applied) {
    var results = new ArrayList<Json>();
    var next = applied.iterator();
    for (var entry : all) {
      results.add(
          switch (entry) {
            case Entry.Sound(var sent) -> BatchJson.applied(sent, next.next());
            case Entry.Settled(var result, var problem, var messageId) ->
                BatchJson.settled(result, problem, messageId);
          });
    }
    return Json.Obj.EMPTY.with("results", new Json.Arr(results));
  }
}
