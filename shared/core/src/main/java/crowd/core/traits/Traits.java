package crowd.core.traits;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.json.Unicode;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The traits of one profile, or of one group, as a join-semilattice: {@link #join} is commutative,
 * associative and idempotent.
 */
public record Traits(SortedMap<String, Trait> byName) {

  public static final Traits NONE = new Traits(new TreeMap<>());

  /**
   * Bytes of all registers of one profile or group. The item that holds them may have 400 KB, and
   * every write pays for its size.
   */
  public static final int MAX_BYTES = 64 * 1024;

  /** What programs write of a value that has no text of its own. */
  private static final Pattern PROGRAM_TEXT =
      Pattern.compile(
          "\\[object \\w+]|(async )?function\\b ?\\w*\\(|\\(?\\w*\\)? ?=>|\\w[\\w.$]*@[0-9a-f]{6,8}$");

  private static final int LONGEST_LOOKED_AT = 10_000;

  public Traits {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** What an identify writes; nothing for a message of another type. */
  public static Traits of(Message message, int rank) {
    if (message.type() != MessageType.IDENTIFY) {
      return NONE;
    }
    var written = new TreeMap<String, Trait>();
    for (var once : fields(message, "set_once").entrySet()) {
      written.put(once.getKey(), new Trait(null, register(message, rank, once.getValue())));
    }
    for (var set : fields(message, "traits").entrySet()) {
      written.merge(
          set.getKey(), new Trait(register(message, rank, set.getValue()), null), Trait::join);
    }
    return new Traits(written);
  }

  /** What a message writes of its group; nothing for a message of another type. */
  public static Traits ofGroup(Message message) {
    if (message.type() != MessageType.GROUP) {
      return NONE;
    }
    var written = new TreeMap<String, Trait>();
    fields(message, "traits")
        .forEach((name, value) -> written.put(name, new Trait(register(message, 0, value), null)));
    return new Traits(written);
  }

  private static Map<String, Json> fields(Message message, String field) {
    return message.body().object(field).map(Json.Obj::fields).orElse(Map.of());
  }

  private static Register register(Message message, int rank, Json value) {
    return new Register(rank, message.time(), message.messageId(), value);
  }

  public Traits join(Traits other) {
    var joined = new TreeMap<>(byName);
    other.byName.forEach((name, trait) -> joined.merge(name, trait, Trait::join));
    return new Traits(joined);
  }

  /** What readers see. */
  public Json.Obj values() {
    var values = new LinkedHashMap<String, Json>();
    byName.forEach((name, trait) -> trait.value().ifPresent(value -> values.put(name, value)));
    return new Json.Obj(values);
  }

  /** A trait as text, if it is text. */
  public Optional<String> text(String name) {
    return values().text(name);
  }

  public boolean isTooLarge() {
    return Unicode.utf8Length(JsonText.write(TraitsJson.write(this))) > MAX_BYTES;
  }

  /** What the sender of {@code written} should know about its joining these. */
  public List<TraitWarning> warnings(Traits written) {
    var warnings = new ArrayList<TraitWarning>();
    for (var entry : written.byName.entrySet()) {
      var stored = byName.get(entry.getKey());
      var sent = entry.getValue().set();
      if (sent != null && isProgramText(sent.value())) {
        warnings.add(new TraitWarning.ProgramText(entry.getKey()));
      }
      if (stored == null
          || stored.set() == null
          || sent == null
          || stored.set().value().equals(sent.value())) {
        continue;
      }
      if (stored.set().rank() > sent.rank()) {
        warnings.add(new TraitWarning.Outranked(entry.getKey()));
      } else if (stored.set().later(sent).equals(stored.set())) {
        warnings.add(new TraitWarning.Older(entry.getKey()));
      } else if (isOtherKind(stored.set().value(), sent.value())) {
        warnings.add(
            new TraitWarning.TypeChanged(
                entry.getKey(), stored.set().value().kind(), sent.value().kind()));
      }
    }
    return warnings;
  }

  private static boolean isProgramText(Json value) {
    return value instanceof Json.Text(var text)
        && text.length() <= LONGEST_LOOKED_AT
        && PROGRAM_TEXT.matcher(text).lookingAt();
  }

  private static boolean isOtherKind(Json before, Json after) {
    return !(before instanceof Json.Null)
        && !(after instanceof Json.Null)
        && !before.kind().equals(after.kind());
  }
}
