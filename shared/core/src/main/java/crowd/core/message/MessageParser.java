package crowd.core.message;

import crowd.core.fingerprint.Fingerprint;
import crowd.core.fingerprint.FingerprintField;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.PlaceholderIds;
import crowd.core.identity.UserId;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.json.Unicode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a message out of what a client sent, or says everything that is wrong with it.
 *
 * <p>Names are snake_case; the camelCase names of the Segment spec mean the same. Fields that it
 * does not know are left out.
 */
public final class MessageParser {

  /** Bytes of a message in canonical JSON. */
  public static final int MAX_BYTES = 32 * 1024;

  /** Bytes of a message id, an event's name, a group's id. */
  public static final int MAX_NAME_BYTES = 255;

  private static final Map<String, String> CAMEL_CASE =
      Map.of(
          "user_id",
          "userId",
          "anonymous_id",
          "anonymousId",
          "message_id",
          "messageId",
          "sent_at",
          "sentAt",
          "set_once",
          "setOnce",
          "group_id",
          "groupId",
          "previous_id",
          "previousId");

  private final Ids ids;
  private final boolean takesAnonymousIdentify;

  public MessageParser(Ids ids) {
    this(ids, false);
  }

  private MessageParser(Ids ids, boolean takesAnonymousIdentify) {
    this.ids = ids;
    this.takesAnonymousIdentify = takesAnonymousIdentify;
  }

  /**
   * For clients that say something of a person before they know who he is: an identify needs one of
   * the two ids only. Without a user it is an event, and writes no trait.
   */
  public static MessageParser takingAnonymousIdentify(Ids ids) {
    return new MessageParser(ids, true);
  }

  /** How parsing ended. */
  public sealed interface Parsed {
    record Valid(Message message) implements Parsed {}

    record Invalid(List<FieldProblem> problems) implements Parsed {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }

    /** Over {@link #MAX_BYTES}. */
    record TooLarge() implements Parsed {}
  }

  /**
   * @param batchSentAt the batch's own {@code sent_at}, for messages that have none
   */
  public Parsed parse(
      MessageType type, Json.Obj json, Optional<Instant> batchSentAt, Arrival arrival) {
    if (Unicode.utf8Length(JsonText.write(json)) > MAX_BYTES) {
      return new Parsed.TooLarge();
    }
    var fields = new Fields(json);
    var userId = fields.id("user_id", arrival, UserId::new);
    var anonymousId =
        type == MessageType.ALIAS
            ? Optional.<AnonymousId>empty()
            : fields.id("anonymous_id", arrival, AnonymousId::new);
    var messageId = fields.messageId();
    var timestamp = fields.timestamp("timestamp");
    var sentAt = fields.timestamp("sent_at").or(() -> batchSentAt);
    if (type == MessageType.IDENTIFY && takesAnonymousIdentify) {
      fields.requireOneId(userId.isPresent() || anonymousId.isPresent());
    } else {
      fields.requireIds(type, userId.isPresent(), anonymousId.isPresent());
    }
    var body = fields.body(type, arrival);
    var fingerprint = fields.fingerprint(type, arrival);
    if (!Timestamps.isPlausible(timestamp, sentAt, arrival.receivedAt())) {
      fields.problem(
          "timestamp",
          "implausible_timestamp",
          "lies before the year 2000 or more than 24 hours ahead; check the clock, or send sent_at so that it can be corrected");
    }
    if (!fields.problems.isEmpty()) {
      return new Parsed.Invalid(fields.problems);
    }
    var keyTime = timestamp.orElse(arrival.receivedAt());
    return new Parsed.Valid(
        new Message(
            type,
            userId.orElse(null),
            anonymousId.orElse(null),
            messageId.orElseGet(() ->
                timestamp.isPresent()
                    ? Message.idOfContent(
                        type, userId.orElse(null), anonymousId.orElse(null), keyTime, body)
                    : ids.messageId()),
            keyTime,
            Timestamps.eventTime(timestamp, sentAt, arrival.receivedAt()),
            arrival.receivedAt(),
            userId.isPresent() ? Instant.MAX : arrival.receivedAt().plus(arrival.retention()),
            messageId.isPresent() && timestamp.isEmpty(),
            body,
            fingerprint.orElse(null)));
  }

  /** The id that the message would have, for an answer about one that is not taken. */
  public static Optional<String> messageId(Json.Obj json) {
    var fields = new Fields(json);
    var id = fields.messageId();
    return fields.problems.isEmpty() ? id : Optional.empty();
  }

  /** The fields of one message, and what was found wrong with them. */
  private static final class Fields {

    private final Json.Obj json;
    private final List<FieldProblem> problems = new ArrayList<>();

    Fields(Json.Obj json) {
      this.json = json;
    }

    void problem(String field, String code, String detail) {
      problems.add(new FieldProblem(field, code, detail));
    }

    /** The value under either of its names; a problem if the two differ. */
    Optional<Json> get(String name) {
      var snake = json.get(name);
      var camel = Optional.ofNullable(CAMEL_CASE.get(name)).flatMap(json::get);
      if (snake.isPresent() && camel.isPresent() && !snake.equals(camel)) {
        problem(
            name,
            "conflicting_field",
            "is sent twice with different values, as " + name + " and " + CAMEL_CASE.get(name));
      }
      return snake.or(() -> camel);
    }

    <T> Optional<T> id(String name, Arrival arrival, Function<String, T> make) {
      var value = get(name).flatMap(json -> idText(name, json));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      try {
        if (PlaceholderIds.matches(value.get())
            && !arrival.allowedPlaceholders().contains(PlaceholderIds.normalised(value.get()))) {
          problem(
              name,
              "placeholder_id",
              "is a placeholder that stands for nobody; send the durable id of one person, or leave it out");
          return Optional.empty();
        }
        return Optional.of(make.apply(value.get()));
      } catch (IllegalIdException e) {
        problem(name, e.code(), e.detail());
        return Optional.empty();
      }
    }

    private Optional<String> idText(String name, Json value) {
      if (value instanceof Json.Text(var text)) {
        return Optional.of(text);
      }
      if (value instanceof Json.Num(var literal)
          && literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
        return Optional.of(new BigDecimal(literal).toPlainString());
      }
      problem(name, "wrong_type", "must be a string or a whole number, and is " + article(value));
      return Optional.empty();
    }

    Optional<String> messageId() {
      var value = get("message_id");
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (!(value.get() instanceof Json.Text(var text))) {
        problem("message_id", "wrong_type", "must be a string, and is " + article(value.get()));
        return Optional.empty();
      }
      var cleaned = MessageIds.cleaned(text);
      if (Unicode.utf8Length(cleaned) > MAX_NAME_BYTES) {
        problem(
            "message_id", "too_long", "is longer than " + MAX_NAME_BYTES + " bytes; send a UUID");
      }
      return cleaned.isEmpty() ? Optional.empty() : Optional.of(cleaned);
    }

    Optional<Instant> timestamp(String name) {
      var value = get(name);
      var parsed = value.flatMap(Timestamps::parse);
      if (value.isPresent() && parsed.isEmpty()) {
        problem(
            name,
            "not_a_timestamp",
            "is no time; send ISO 8601 with an offset, such as 2026-01-31T12:00:00Z, or milliseconds since 1970");
      }
      return parsed;
    }

    void requireIds(MessageType type, boolean hasUser, boolean hasAnonymous) {
      switch (type) {
        case IDENTIFY ->
            require("user_id", hasUser, "is missing; send the durable id of the person");
        case ALIAS -> {
          require("user_id", hasUser, "is missing; send the durable id of the person");
          require(
              "previous_id",
              wasSent("previous_id"),
              "is missing; send the id that is to stand for the same person");
          if (get("user_id").filter(Fields::isOfAnonymousForm).isPresent()) {
            problem(
                "user_id",
                "anonymous_id",
                "is an anonymous id; send the durable id of a person, and the anonymous id as previous_id");
          }
        }
        case RESET ->
            require("anonymous_id", hasAnonymous, "is missing; send the anonymous id to retire");
        case TRACK, PAGE, SCREEN, GROUP -> requireOneId(hasUser || hasAnonymous);
      }
    }

    void requireOneId(boolean present) {
      require(
          "user_id",
          present || wasSent("anonymous_id"),
          "is missing, and so is anonymous_id; send at least one of the two");
    }

    private static boolean isOfAnonymousForm(Json id) {
      return id instanceof Json.Text(var text) && text.startsWith(AnonymousId.PREFIX);
    }

    private void require(String name, boolean present, String detail) {
      if (!present && !wasSent(name)) {
        var almost = " (a field of almost that name came: spell it " + name + ", or in camelCase)";
        problem(name, "missing", isAlmostSent(name) ? detail + almost : detail);
      }
    }

    /** Whether the name is there but for its case and what joins its words. */
    private boolean isAlmostSent(String name) {
      return json.fields().keySet().stream().anyMatch(sent -> letters(sent).equals(letters(name)));
    }

    private static String letters(String name) {
      return name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    }

    private boolean wasSent(String name) {
      return json.get(name)
          .or(() -> Optional.ofNullable(CAMEL_CASE.get(name)).flatMap(json::get))
          .isPresent();
    }

    Json.Obj body(MessageType type, Arrival arrival) {
      var body = new LinkedHashMap<String, Json>();
      switch (type) {
        case IDENTIFY -> {
          object("traits").ifPresent(traits -> body.put("traits", traits));
          object("set_once").ifPresent(traits -> body.put("set_once", traits));
        }
        case TRACK -> {
          name("event", true).ifPresent(event -> body.put("event", event));
          object("properties").ifPresent(properties -> body.put("properties", properties));
        }
        case PAGE, SCREEN -> {
          name("name", false).ifPresent(name -> body.put("name", name));
          object("properties").ifPresent(properties -> body.put("properties", properties));
        }
        case GROUP -> {
          name("group_id", true).ifPresent(group -> body.put("group_id", group));
          checkGroup();
          object("traits").ifPresent(traits -> body.put("traits", traits));
        }
        case ALIAS ->
            id("previous_id", arrival, UserId::new)
                .ifPresent(previous -> body.put("previous_id", new Json.Text(previous.value())));
        case RESET -> {}
      }
      object("context")
          .map(context -> arrival.trusted() ? context : ofBrowser(context))
          .ifPresent(context -> body.put("context", context));
      return new Json.Obj(body);
    }

    /**
     * Of the browser's own connection; a server says it of its user, where it cannot name the
     * browser.
     */
    Optional<Fingerprint> fingerprint(MessageType type, Arrival arrival) {
      var sent = get(FingerprintField.NAME);
      if (!arrival.trusted()) {
        sent.ifPresent(_ ->
            problem(
                FingerprintField.NAME,
                "server_key_required",
                "may be sent with a server key only; leave it out, a browser has its own"));
        return arrival.fingerprint();
      }
      if (type != MessageType.IDENTIFY || sent.isEmpty()) {
        return Optional.empty();
      }
      return switch (FingerprintField.read(sent.get(), arrival.fingerprinting())) {
        case FingerprintField.Read.Given(var fingerprint) ->
            fingerprint.filter(_ -> !wasSent("anonymous_id"));
        case FingerprintField.Read.Wrong(var code, var detail) -> {
          problem(FingerprintField.NAME, code, detail);
          yield Optional.empty();
        }
      };
    }

    /** A browser may not speak for another connection than its own. */
    private static Json.Obj ofBrowser(Json.Obj context) {
      return context.without("ip").without("user_agent").without("userAgent");
    }

    /** A group's id becomes part of a key, which is shown to people. */
    private void checkGroup() {
      if (get("group_id").orElse(Json.Null.VALUE) instanceof Json.Text(var text)
          && Unicode.hasControl(text)) {
        problem(
            "group_id",
            "control_character",
            "holds a control character; send printable characters only");
      }
    }

    private Optional<Json> name(String field, boolean required) {
      var value = get(field);
      if (value.isEmpty()) {
        if (required) {
          problem(field, "missing", "is missing; send its name");
        }
        return Optional.empty();
      }
      if (!(value.get() instanceof Json.Text(var text))) {
        problem(field, "wrong_type", "must be a string, and is " + article(value.get()));
      } else if (required && text.isBlank()) {
        problem(field, "empty", "is empty; send its name");
      } else if (Unicode.utf8Length(text) > MAX_NAME_BYTES) {
        problem(
            field,
            "too_long",
            "is longer than "
                + MAX_NAME_BYTES
                + " bytes; send a short name and put the rest in properties");
      }
      return value;
    }

    private Optional<Json.Obj> object(String name) {
      var value = get(name);
      if (value.isPresent() && !(value.get() instanceof Json.Obj)) {
        problem(name, "wrong_type", "must be an object, and is " + article(value.get()));
      }
      return value.filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
    }

    private static String article(Json value) {
      var kind = value.kind();
      return ("aeiou".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ") + kind;
    }
  }
}
