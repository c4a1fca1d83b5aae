package crowd.functions.http;

import crowd.core.json.Json;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageType;
import crowd.core.verify.Proof;
import crowd.core.verify.Sent;
import java.time.InstantSource;
import java.util.Optional;

/** A function that takes one message of one type. */
public abstract class MessageFunction extends IngestFunction {

  private final MessageType type;
  private final MessageParser parser;
  private final InstantSource clock;

  protected MessageFunction(MessageType type, Edge edge, Access access) {
    super(type.word(), edge, access);
    this.type = type;
    this.parser = new MessageParser(edge.ids());
    this.clock = edge.clock();
  }

  protected abstract HttpReply handle(Caller caller, Sent sent);

  @Override
  protected final HttpReply handle(Caller caller, Json.Obj body) {
    return switch (parser.parse(type, body, Optional.empty(), caller.arrival(clock.instant()))) {
      case MessageParser.Parsed.Invalid(var problems) ->
          HttpReply.problem(Problem.invalid(problems));
      case MessageParser.Parsed.TooLarge() -> HttpReply.problem(Problem.messageTooLarge());
      case MessageParser.Parsed.Valid(var message) ->
          caller
              .refusal(message)
              .map(HttpReply::problem)
              .orElseGet(() -> handle(caller, caller.sent(message, body, Proof.NONE)));
    };
  }
}
