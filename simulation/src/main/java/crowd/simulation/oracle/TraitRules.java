package crowd.simulation.oracle;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.store.Item;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.workload.SentMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a profile's traits are the join of what was written. */
final class TraitRules {

  private static final Comparator<Register> LAST =
      Comparator.comparingLong(Register::time)
          .thenComparing(Register::messageId)
          .thenComparing(Register::value);

  private final Findings findings;

  TraitRules(Findings findings) {
    this.findings = findings;
  }

  /** One write of one trait; they all have the same rank. */
  private record Register(long time, String messageId, String value) {}

  /** The writes of one trait, and which of them must have counted. */
  private static final class Writes {
    final List<Register> all = new ArrayList<>();
    final List<Register> acknowledged = new ArrayList<>();
  }

  /**
   * Whether a user's row holds what was written of him.
   *
   * @param profile null if there is none
   * @param identifies attempts of this user's identifies
   * @param hasToCount which of them must not have been lost
   */
  void checkStored(
      String person,
      @Nullable Item profile,
      List<Attempt> identifies,
      Predicate<Attempt> hasToCount) {
    var written = new HashMap<String, Writes>();
    for (var attempt : identifies) {
      boolean counts = hasToCount.test(attempt);
      add(written, "s", attempt, counts, attempt.message().traits());
      add(written, "o", attempt, counts, attempt.message().setOnce());
    }
    var stored = profile == null ? Map.<String, Register>of() : stored(profile);
    for (var name : stored.keySet()) {
      findings.require(
          written.containsKey(name),
          Kind.MISATTRIBUTED,
          () -> person + " has a trait of nobody: " + name);
    }
    written.forEach((name, writes) -> check(person + " " + name, name, stored.get(name), writes));
  }

  /**
   * Whether a person is shown what the rows of all his users hold.
   *
   * @param profiles those that there are
   */
  void checkShown(String person, List<Item> profiles, Map<String, String> shown) {
    var joined = new HashMap<String, Register>();
    for (var profile : profiles) {
      stored(profile)
          .forEach(
              (name, register) -> joined.merge(name, register, BinaryOperator.maxBy(order(name))));
    }
    var expected = values(joined);
    findings.require(
        shown.equals(expected),
        Kind.OTHER,
        () -> person + " is shown with the traits " + shown + ", and not " + expected);
  }

  /** What was set counts before what was set once; {@code null} removes. */
  private static Map<String, String> values(Map<String, Register> stored) {
    var values = new HashMap<String, String>();
    stored.forEach((name, register) -> {
      var trait = name.substring(2);
      if (name.startsWith("s/") || !stored.containsKey("s/" + trait)) {
        values.put(trait, register.value());
      }
    });
    values.values().removeIf("null"::equals);
    return values;
  }

  private void check(String what, String name, @Nullable Register stored, Writes writes) {
    var order = order(name);
    var expected = writes.acknowledged.stream().max(order);
    if (stored == null) {
      findings.require(expected.isEmpty(), Kind.LOST, () -> what + " is missing");
      return;
    }
    findings.require(
        new HashSet<>(writes.all).contains(stored), Kind.OTHER, () -> what + " is " + stored);
    findings.require(
        expected.isEmpty() || order.compare(stored, expected.get()) >= 0,
        Kind.LOST,
        () -> what + " is " + stored + " and not " + expected);
  }

  /** What was set counts by its last write, what was set once by its first. */
  private static Comparator<Register> order(String name) {
    return name.startsWith("s") ? LAST : LAST.reversed();
  }

  private static void add(
      Map<String, Writes> written,
      String kind,
      Attempt attempt,
      boolean counts,
      Map<String, String> traits) {
    traits.forEach((name, value) -> {
      var writes = written.computeIfAbsent(kind + "/" + name, _ -> new Writes());
      var register = new Register(attempt.time(), id(attempt.message()), value);
      writes.all.add(register);
      if (counts) {
        writes.acknowledged.add(register);
      }
    });
  }

  private static String id(SentMessage message) {
    return String.valueOf(message.messageId());
  }

  /** {@code {"plan":{"s":[0, time, message id, value]}}} by {@code s/plan}. */
  private static Map<String, Register> stored(Item profile) {
    var text = AliasState.text(profile, "traits");
    var registers = new HashMap<String, Register>();
    if (text != null && JsonReader.readOwn(text) instanceof Json.Obj(var names)) {
      names.forEach((name, kinds) -> {
        if (kinds instanceof Json.Obj(var byKind)) {
          byKind.forEach((kind, register) -> registers.put(kind + "/" + name, register(register)));
        }
      });
    }
    return registers;
  }

  private static Register register(Json json) {
    if (json instanceof Json.Arr(var parts)
        && parts.get(1) instanceof Json.Num(var time)
        && parts.get(2) instanceof Json.Text(var id)) {
      return new Register(Long.parseLong(time), id, JsonText.write(parts.get(3)));
    }
    throw new IllegalArgumentException("no register: " + json);
  }
}
