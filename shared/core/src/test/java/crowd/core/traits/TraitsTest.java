package crowd.core.traits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TraitsTest {

  private static final long SEED = Long.getLong("seed", 7);
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static Register register(int rank, int second, String messageId, String json) {
    return new Register(rank, NOON.plusSeconds(second), messageId, JsonReader.readOwn(json));
  }

  private static Traits set(String name, Register register) {
    return traits(name, new Trait(register, null));
  }

  private static Traits once(String name, Register register) {
    return traits(name, new Trait(null, register));
  }

  private static Traits traits(String name, Trait trait) {
    var byName = new TreeMap<String, Trait>();
    byName.put(name, trait);
    return new Traits(byName);
  }

  /** Few names, times and ids, so that writes meet and tie. */
  private static Traits any(SplittableRandom random) {
    var all = Traits.NONE;
    for (int i = random.nextInt(4); i > 0; i--) {
      var name = "t" + random.nextInt(3);
      var values = List.of("1", "\"one\"", "null", "true", "{\"a\":1}");
      var register =
          register(
              random.nextInt(2),
              random.nextInt(3),
              "m" + random.nextInt(2),
              values.get(random.nextInt(values.size())));
      all = all.join(random.nextBoolean() ? set(name, register) : once(name, register));
    }
    return all;
  }

  @Test
  void join_isCommutativeAssociativeAndIdempotent() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 5_000; i++) {
      // given
      var a = any(random);
      var b = any(random);
      var c = any(random);
      var of = "seed " + SEED + ", case " + i;
      // then
      assertEquals(a.join(b), b.join(a), of);
      assertEquals(a.join(b).join(c), a.join(b.join(c)), of);
      assertEquals(a, a.join(a), of);
      assertEquals(a, a.join(Traits.NONE), of);
    }
  }

  @Test
  void join_theLaterSetWins_thenTheGreaterMessageId_thenTheGreaterValue() {
    var first = register(0, 1, "m2", "1");
    assertEquals(
        set("a", register(0, 2, "m1", "2")),
        set("a", first).join(set("a", register(0, 2, "m1", "2"))));
    assertEquals(
        set("a", register(0, 1, "m3", "0")),
        set("a", first).join(set("a", register(0, 1, "m3", "0"))));
    assertEquals(
        set("a", register(0, 1, "m2", "9")),
        set("a", first).join(set("a", register(0, 1, "m2", "9"))));
  }

  @Test
  void join_theEarlierSetOnceWins_andAnySetBeforeIt() {
    var early = once("a", register(0, 1, "m1", "1"));
    var late = once("a", register(0, 2, "m2", "2"));
    assertEquals(early, late.join(early));
    assertEquals(
        "{\"a\":3}", JsonText.write(early.join(set("a", register(0, 0, "m3", "3"))).values()));
  }

  @Test
  void join_aHigherRankWinsWhateverTheTime() {
    var verified = set("a", register(1, 1, "m1", "1"));
    assertEquals(verified, verified.join(set("a", register(0, 9, "m9", "9"))));
  }

  @Test
  void values_leaveOutWhatWasRemoved() {
    var removed = set("a", register(0, 2, "m2", "null"));
    assertEquals(Json.Obj.EMPTY, set("a", register(0, 1, "m1", "1")).join(removed).values());
  }

  @Test
  void warnings_tellOfTheTextOfAFunctionOrAnObject() {
    for (var text :
        List.of(
            "function () { return 1 }",
            "function f(a) {}",
            "async function g() {}",
            "() => 1",
            "(a) => a",
            "[object Object]",
            "[object Promise]",
            "com.shop.User@1b28cdfa")) {
      assertEquals(
          List.of(new TraitWarning.ProgramText("a")),
          Traits.NONE.warnings(set("a", register(0, 1, "m1", "\"" + text + "\""))),
          text);
    }
    for (var text : List.of("function", "Functional Food", "me@example.org", "a", "objects", "")) {
      assertEquals(
          List.of(),
          Traits.NONE.warnings(set("a", register(0, 1, "m1", "\"" + text + "\""))),
          text);
    }
  }

  @Test
  void warnings_tellOfOlderValuesAndOtherTypes() {
    var stored = set("a", register(0, 2, "m2", "7"));
    assertEquals(
        List.of(new TraitWarning.Older("a")), stored.warnings(set("a", register(0, 1, "m1", "8"))));
    assertEquals(
        List.of(new TraitWarning.TypeChanged("a", "number", "string")),
        stored.warnings(set("a", register(0, 3, "m3", "\"8\""))));
    assertEquals(List.of(), stored.warnings(set("a", register(0, 3, "m3", "9"))));
    assertEquals(List.of(), stored.warnings(set("a", register(0, 1, "m1", "7"))));
    assertEquals(List.of(), stored.warnings(set("a", register(0, 3, "m3", "null"))));
  }

  @Test
  void isTooLarge_countsTheStoredForm() {
    assertFalse(set("a", register(0, 1, "m", quoted(Traits.MAX_BYTES - 100))).isTooLarge());
    assertTrue(set("a", register(0, 1, "m", quoted(Traits.MAX_BYTES))).isTooLarge());
  }

  private static String quoted(int length) {
    return '"' + "x".repeat(length) + '"';
  }

  @Test
  void storedForm_comesBackWhole() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 1_000; i++) {
      var traits = any(random);
      var text = JsonText.write(TraitsJson.write(traits));
      assertEquals(traits, TraitsJson.read(JsonReader.readOwnObject(text)), "seed " + SEED);
    }
    assertEquals(
        "{\"a\":{\"s\":[0,1767268801000,\"m\",1.0]}}",
        JsonText.write(TraitsJson.write(set("a", register(0, 1, "m", "1.0")))));
  }
}
