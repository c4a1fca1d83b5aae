package crowd.local.openapi;

import static crowd.local.openapi.OpenApi.object;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.surface.Api.Answer;
import crowd.local.surface.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds what is sent and answered against the document: every answer, and every request that was
 * taken. A request that was refused may be as wrong as it likes, and so may a message of a batch.
 */
public final class Contract implements Witness {

  private static final String PROBLEM = "application/problem+json";

  private final OpenApi openApi = OpenApi.read();
  private final Schemas schemas =
      new Schemas(object(openApi.at("#/components/schemas").orElseThrow()));

  @Override
  public void saw(
      String method, String target, Map<String, String> headers, byte[] body, Answer answer) {
    var wrong = wrong(method, target, headers, body, answer);
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "not as docs/openapi.yaml says: %s %s -> %s: %s"
              .formatted(method, target, answer, wrong));
    }
  }

  /**
   * @return what is not as the document says; nothing if all is
   */
  public List<String> wrong(
      String method, String target, Map<String, String> headers, byte[] body, Answer answer) {
    if (isPreflight(method, headers)) {
      return answer(openApi.component("responses", "Preflight"), answer, 204);
    }
    var path = target.replaceFirst("\\?.*", "");
    var template = openApi.template(path);
    if (template.isEmpty()) {
      return answer(openApi.component("responses", "RouteNotFound"), answer, 404);
    }
    var item = openApi.item(template.get());
    var operations = OpenApi.operations(item);
    var operation = Optional.ofNullable(operations.get(method));
    if (operation.isEmpty()) {
      return ofWrongMethod(operations.keySet(), answer);
    }
    var response = operation.get().object("responses").orElseThrow().get("" + answer.status());
    if (response.isEmpty()) {
      return List.of("the status is not described");
    }
    var wrong = answer(openApi.resolved(response.get()), answer, answer.status());
    if (answer.status() < 300) {
      wrong.addAll(parameters(item, operation.get(), template.get(), target, headers));
      wrong.addAll(request(operation.get(), body, answer));
    }
    return wrong;
  }

  /** What a browser asks; any other OPTIONS is a wrong method. */
  private static boolean isPreflight(String method, Map<String, String> headers) {
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(headers.keySet());
    return method.equals("OPTIONS")
        && names.containsAll(List.of("Origin", "Access-Control-Request-Method"));
  }

  private List<String> ofWrongMethod(Set<String> methods, Answer answer) {
    if (answer.status() == 404) {
      // Below /v1/ the call is looked at first.
      return answer(openApi.component("responses", "RouteNotFound"), answer, 404);
    }
    var wrong = answer(openApi.component("responses", "MethodNotAllowed"), answer, 405);
    var allowed = new TreeSet<>(List.of(answer.header("allow").orElse("").split(", ", -1)));
    if (!allowed.equals(methods)) {
      wrong.add("Allow is " + allowed + ", and not " + methods);
    }
    return wrong;
  }

  private List<String> answer(Json.Obj response, Answer answer, int status) {
    var wrong = new ArrayList<String>();
    if (answer.status() != status) {
      wrong.add("the status is not " + status);
    }
    var type = answer.header("content-type").orElse("").replaceFirst(";.*", "");
    var content = response.object("content");
    if (content.isEmpty()) {
      if (!answer.body().equals(Json.Null.VALUE)) {
        wrong.add("a body");
      }
    } else {
      var media = content.get().object(type);
      if (media.isEmpty()) {
        wrong.add("the content type is not described");
      } else {
        wrong.addAll(schemas.errors(OpenApi.schema(media.get()), answer.body()));
      }
      // Of the gateway's own answers there is no more to say.
      if (type.equals(PROBLEM) || answer.status() < 300) {
        wrong.addAll(headers(response, answer));
      }
    }
    return wrong;
  }

  private List<String> headers(Json.Obj response, Answer answer) {
    var wrong = new ArrayList<String>();
    if (answer.header("x-request-id").isEmpty()) {
      wrong.add("no X-Request-Id");
    }
    response
        .object("headers")
        .orElse(Json.Obj.EMPTY)
        .fields()
        .forEach((name, described) -> {
          var header = openApi.resolved(described);
          var value = answer.header(name.toLowerCase(Locale.ROOT));
          if (value.isEmpty() && header.get("required").equals(Optional.of(new Json.Bool(true)))) {
            wrong.add("no " + name);
          }
          value.ifPresent(text ->
              schemas
                  .errors(OpenApi.schema(header), new Json.Text(text))
                  .forEach(error -> wrong.add(name + ": " + error)));
        });
    if (answer.status() == 503 && answer.header("retry-after").isEmpty()) {
      wrong.add("no Retry-After");
    }
    return wrong;
  }

  private List<String> parameters(
      Json.Obj item,
      Json.Obj operation,
      String template,
      String target,
      Map<String, String> headers) {
    var sent = new Parameters(template, target, headers);
    var wrong = new ArrayList<String>();
    for (var parameter : openApi.parameters(item, operation)) {
      var name = parameter.text("name").orElseThrow();
      var place = parameter.text("in").orElseThrow();
      sent.value(place, name)
          .ifPresent(text ->
              schemas
                  .errors(OpenApi.schema(parameter), new Json.Text(text))
                  .forEach(error -> wrong.add(place + " " + name + ": " + error)));
    }
    return wrong;
  }

  private List<String> request(Json.Obj operation, byte[] body, Answer answer) {
    var described = operation.object("requestBody").map(openApi::resolved);
    if (described.isEmpty()) {
      return List.of();
    }
    // Whatever its content type says.
    var media = described.get().object("content").orElseThrow().object("application/json");
    var json = JsonReader.readOwn(SentBody.text(body));
    return schemas.errors(
        OpenApi.schema(media.orElseThrow()), SentBody.withoutUntaken(json, answer.body()));
  }
}
