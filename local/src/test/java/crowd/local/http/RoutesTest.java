package crowd.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.template.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private static final Routes ROUTES =
      new Routes(
          List.of(
              new Route("ANY", "$default", "F"),
              new Route("ANY", "/users/{id}", "F"),
              new Route("ANY", "/users/{id}/", "F"),
              new Route("GET", "/users/{id}", "F"),
              new Route("ANY", "/users/me", "F"),
              new Route("ANY", "/users/{id}/events", "F"),
              new Route("GET", "/files/{path+}", "F"),
              new Route("POST", "/files/new", "F")));

  private static String find(String method, String path) {
    return ROUTES
        .find(method, path)
        .map(match -> match.route().key() + " " + match.parameters())
        .orElse("none");
  }

  @Test
  void find_methodBeforeAny() {
    assertEquals("GET /users/{id} {id=7}", find("GET", "/users/7"));
    assertEquals("ANY /users/{id} {id=7}", find("PUT", "/users/7"));
  }

  @Test
  void find_fixedSegmentBeforeVariable() {
    assertEquals("ANY /users/me {}", find("GET", "/users/me"));
    assertEquals("POST /files/new {}", find("POST", "/files/new"));
    assertEquals("GET /files/{path+} {path=new}", find("GET", "/files/new"));
  }

  @Test
  void find_greedy_takesAllThatFollows() {
    assertEquals("GET /files/{path+} {path=a/b c/d}", find("GET", "/files/a/b%20c/d"));
    assertEquals("$default {}", find("GET", "/files/"));
  }

  @Test
  void find_trailingSlash_isAnotherRoute() {
    assertEquals("ANY /users/{id}/ {id=7}", find("GET", "/users/7/"));
    assertEquals("$default {}", find("GET", "/users/7/events/"));
    assertEquals("$default {}", find("GET", "/users/"));
  }

  @Test
  void find_parameter_isPercentDecodedOnce() {
    assertEquals("GET /users/{id} {id=a/b+c@d%41}", find("GET", "/users/a%2Fb+c%40d%2541"));
    assertEquals("GET /users/{id} {id=100%}", find("GET", "/users/100%"));
  }

  @Test
  void find_noDefault_isEmpty() {
    assertEquals(
        Map.of(),
        new Routes(List.of(new Route("GET", "/a", "F")))
            .find("POST", "/a")
            .map(Routes.Match::parameters)
            .orElse(Map.of()));
  }
}
