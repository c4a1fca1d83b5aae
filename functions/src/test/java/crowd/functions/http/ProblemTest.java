package crowd.functions.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.message.FieldProblem;
import crowd.functions.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void json_hasTheMembersOfProblemDetails() {
    // when
    var json = Problem.forbidden("server_key_required", "Send one.").json();

    // then
    assertEquals(
        World.json(
            """
            {"type":"urn:crowd:problem:server_key_required","title":"The caller may not do this",
             "status":403,"detail":"Send one.","code":"server_key_required"}
            """),
        json);
  }

  @Test
  void json_namesEveryFieldThatIsWrong() {
    // when
    var json =
        Problem.invalid(
                List.of(
                    new FieldProblem("user_id", "missing", "is missing"),
                    new FieldProblem("event", "empty", "is empty")))
            .json();

    // then
    assertEquals(
        World.json(
            """
            {"type":"urn:crowd:problem:invalid_message","title":"The message is not valid",
             "status":400,"code":"invalid_message",
             "detail":"Mend the fields under errors and send it again; nothing was stored.",
             "errors":[{"field":"user_id","code":"missing","detail":"is missing"},
                       {"field":"event","code":"empty","detail":"is empty"}]}
            """),
        json);
  }
}
