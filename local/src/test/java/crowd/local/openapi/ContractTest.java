package crowd.local.openapi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.JsonReader;
import crowd.local.surface.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the contract finds what is not as it should be, and nothing else. */
class ContractTest {

  private static final String RIGHT = "{'website':'demo','event':'e','user_id':'u'}";

  private final Contract contract = new Contract();

  private void saw(String method, String target, String body, int status, String answer) {
    var type = status < 300 ? "application/json" : "application/problem+json";
    contract.saw(
        method,
        target,
        Map.of(),
        quoted(body).getBytes(StandardCharsets.UTF_8),
        new Answer(
            status,
            Map.of(
                "content-type",
                List.of(type),
                "x-request-id",
                List.of("r"),
                "allow",
                List.of("GET")),
            JsonReader.readOwn(quoted(answer))));
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static String problem(int status, String code) {
    return "{'type':'urn:crowd:problem:%2$s','title':'t','status':%1$d,'detail':'d','code':'%2$s'}"
        .formatted(status, code);
  }

  @Test
  void whatIsDescribed_isRight() {
    assertDoesNotThrow(() -> {
      saw("POST", "/track/", RIGHT, 200, "{'message_id':'m'}");
      saw("POST", "/track", "{", 400, problem(400, "not_json"));
      saw("GET", "/users/a%2Fb?limit=x", "", 404, problem(404, "user_not_found"));
      saw("GET", "/engage", "", 404, problem(404, "route_not_found"));
      saw("POST", "/health", "", 405, problem(405, "method_not_allowed"));
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Answers: a field too many, one too few, of a wrong form; a code of another status.
        "{'message_id':'m','more':1} | 200 | more",
        "{} | 200 | message_id",
        "{'message_id':1} | 200 | /message_id",
        "{'message_id':'m'} | 202 | status is not described",
        "{'type':'urn:crowd:problem:defect','title':'t','status':400,'detail':'d','code':'defect'} | 400 | /code",
      })
  void anAnswerThatIsNotDescribed_isFound(String answer, int status, String expected) {
    var error =
        assertThrows(AssertionError.class, () -> saw("POST", "/track", RIGHT, status, answer));
    assertTrue(("" + error.getMessage()).contains(expected), error::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/track | {'website':'demo','event':'e'} | {'message_id':'m'}",
        "/track | {'website':'demo','event':1,'user_id':'u'} | {'message_id':'m'}",
        "/track | {'event':'e','user_id':'u'} | {'message_id':'m'}",
        "/batch | {'website':'demo','batch':[{'type':'track','user_id':'u'}]} | {'results':[{'result':'ok'}]}",
        "/v1/batch | {'batch':[{'type':'track','userId':'u'}]} | {'success':true}",
        "/v1/nothing | {'userId':'u'} | {'success':true}",
      })
  void aRequestThatIsTakenAndNotDescribed_isFound(String path, String body, String answer) {
    assertThrows(AssertionError.class, () -> saw("POST", path, body, 200, answer));
  }

  @Test
  void aMessageThatIsNotTaken_mayBeWrong() {
    var invalid =
        "{'results':[{'result':'invalid','problem':%s}]}"
            .formatted(problem(400, "invalid_message"));
    assertDoesNotThrow(
        () -> saw("POST", "/batch", "{'website':'demo','batch':[{'type':'track'}]}", 200, invalid));
  }

  @Test
  void aMethodThatIsDescribedAndNotAllowed_isFound() {
    assertThrows(
        AssertionError.class,
        () -> saw("PATCH", "/users/a", "", 405, problem(405, "method_not_allowed")));
  }
}
