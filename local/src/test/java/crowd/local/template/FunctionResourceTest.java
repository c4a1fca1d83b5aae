package crowd.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionResourceTest {

  private static final FunctionResource GREET =
      new FunctionResource(
          "GreetFunction",
          "some.GreetHandler",
          Duration.ofSeconds(10),
          512,
          Map.of("TABLE_NAME", new Variable.Ref("Table"), "GREETING", new Variable.Text("hello")),
          new Role("GreetRole", List.of()));

  @Test
  void variables_haveTheIdsOfTheResourcesThatTheyName() {
    assertEquals(
        Map.of("TABLE_NAME", "crowd", "GREETING", "hello"),
        GREET.variables(Map.of("Table", "crowd")));
  }

  @Test
  void variables_ofAResourceThatIsNotThere_areRefused() {
    // when
    var refusal = assertThrows(IllegalArgumentException.class, () -> GREET.variables(Map.of()));
    // then
    assertEquals("GreetFunction: nothing is known of Table, for TABLE_NAME", refusal.getMessage());
  }
}
