package crowd.functions.http;

import crowd.core.batch.BatchOutcome.Result;
import crowd.core.json.Json;
import crowd.core.message.FieldProblem;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageType;
import crowd.core.verify.Sent;
import crowd.functions.http.MessageResult.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The messages of a call in order: those to be applied, and those that are settled already. */
record Entries(List<Entry> all) {

  Entries {
    all = List.copyOf(all);
  }

  sealed interface Entry {

    record Sound(Sent sent) implements Entry {}

    record Settled(MessageResult result) implements Entry {}
  }

  static Entries of(Several several, Caller caller, MessageParser parser, Instant receivedAt) {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < several.messages().size(); i++) {
      entries.add(entry(i, several, caller, parser, receivedAt));
    }
    return new Entries(entries);
  }

  private static Entry entry(
      int index, Several several, Caller caller, MessageParser parser, Instant receivedAt) {
    if (!(several.messages().get(index) instanceof Json.Obj json)) {
      return invalid(
          Json.Obj.EMPTY,
          List.of(
              new FieldProblem(
                  several.place(index), "wrong_type", "must be an object: a message")));
    }
    var word = json.text("type").orElse("");
    if (word.equals(MessageType.ALIAS.word()) && !caller.trusted()) {
      return settled(Verdict.REFUSED, json, Caller.SERVER_ONLY);
    }
    var type = MessageType.of(word);
    if (type.isEmpty()) {
      var unknown =
          new FieldProblem("type", "unknown_type", "must be one of " + MessageType.words());
      return invalid(json, List.of(several.placed(unknown, index)));
    }
    return switch (parser.parse(type.get(), json, several.sentAt(), caller.arrival(receivedAt))) {
      case MessageParser.Parsed.Invalid(var problems) ->
          invalid(json, problems.stream().map(problem -> several.placed(problem, index)).toList());
      case MessageParser.Parsed.TooLarge() ->
          settled(Verdict.INVALID, json, Problem.messageTooLarge());
      case MessageParser.Parsed.Valid(var message) ->
          caller
              .refusal(message)
              .map(problem -> settled(Verdict.REFUSED, json, problem))
              .orElseGet(() -> new Entry.Sound(caller.sent(message, json, several.proof())));
    };
  }

  private static Entry invalid(Json.Obj json, List<FieldProblem> problems) {
    return settled(Verdict.INVALID, json, Problem.invalid(problems));
  }

  private static Entry settled(Verdict verdict, Json.Obj json, Problem problem) {
    return new Entry.Settled(MessageResult.not(verdict, problem, MessageParser.messageId(json)));
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
   * A result for every message, in order.
   *
   * @param applied one for each of {@link #messages}
   */
  List<MessageResult> results(List<Result> applied) {
    var results = new ArrayList<MessageResult>();
    var next = applied.iterator();
    for (var entry : all) {
      results.add(
          switch (entry) {
            case Entry.Sound(var sent) -> MessageResult.of(sent, next.next());
            case Entry.Settled(var result) -> result;
          });
    }
    return results;
  }
}
