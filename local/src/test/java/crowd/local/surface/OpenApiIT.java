package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document and the page of it, as they are served. */
@ExtendWith(Running.class)
class OpenApiIT {

  private final Api api;

  OpenApiIT(Api api) {
    this.api = api;
  }

  private List<String> paths() {
    var document = (Json.Obj) api.send("GET", "/openapi.json/", Map.of(), new byte[0]).body();
    return List.copyOf(document.object("paths").orElseThrow().fields().keySet());
  }

  /** Which must be allowed and which not, the contract knows. */
  @Test
  void aMethodThatAPathHasNot_isToldTheMethodsOfTheDocument() {
    for (var path : paths()) {
      var sent = path.replace("{call}", "track").replaceAll("\\{[^}]+}", "some");
      for (var target : List.of(sent, sent + "/")) {
        assertEquals(405, api.send("PATCH", target, Map.of(), new byte[0]).status(), target);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html; charset=utf-8",
    "/docs/, text/html; charset=utf-8",
    "/docs/docs.css, text/css; charset=utf-8",
    "/docs/docs.js, text/javascript; charset=utf-8",
    "/demo, text/html; charset=utf-8",
    "/demo/basket, text/html; charset=utf-8",
    "/demo/account, text/html; charset=utf-8",
    "/demo/demo.css, text/css; charset=utf-8",
    "/demo/demo.js, text/javascript; charset=utf-8"
  })
  void thePage_isWholeByItself(String path, String type) throws IOException, InterruptedException {
    // when
    var request = HttpRequest.newBuilder(URI.create(api.address() + path)).build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      // then
      assertEquals(200, answer.statusCode());
      assertEquals(List.of(type), answer.headers().allValues("content-type"));
      assertFalse(answer.body().contains("://"), "it names another place");
      assertTrue(
          answer
              .headers()
              .firstValue("content-security-policy")
              .orElse("")
              .startsWith("default-src 'none'; script-src 'self';"));
    }
  }

  @Test
  void whatIsNoPartOfThePage_isARouteLikeAnyOther() {
    assertEquals(404, api.send("GET", "/docs/other.js", Map.of(), new byte[0]).status());
    assertEquals(404, api.send("POST", "/docs", Map.of(), new byte[0]).status());
  }
}
