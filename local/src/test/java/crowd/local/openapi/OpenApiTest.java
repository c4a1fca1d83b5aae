package crowd.local.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.Project;
import crowd.local.template.Route;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the document is one of OpenAPI 3.1, whole, and of this API. */
class OpenApiTest {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

  /** What browsers load is no part of the API. */
  private static final Set<String> FILES = Set.of("/", "/assets/{file}", "/sdk/{file}");

  /** Keywords that hold no schema. */
  private static final Set<String> LEAVES =
      Set.of(
          "$ref",
          "additionalProperties",
          "const",
          "default",
          "description",
          "enum",
          "examples",
          "maxItems",
          "maxLength",
          "maximum",
          "minItems",
          "minLength",
          "minimum",
          "pattern",
          "required",
          "type");

  private final OpenApi openApi = OpenApi.read();
  private final Schemas schemas = new Schemas(schemas());

  private Json.Obj schemas() {
    return OpenApi.object(openApi.at("#/components/schemas").orElseThrow());
  }

  /** Every object in the document, with its place. */
  private static void each(String place, Json value, BiConsumer<String, Json.Obj> reader) {
    switch (value) {
      case Json.Obj object -> {
        reader.accept(place, object);
        object.fields().forEach((name, field) -> each(place + "/" + name, field, reader));
      }
      case Json.Arr(var values) -> values.forEach(element -> each(place + "/-", element, reader));
      case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private interface OperationReader {
    void read(String name, String path, Json.Obj item, Json.Obj operation);
  }

  private void eachOperation(OperationReader reader) {
    openApi
        .paths()
        .forEach((path, item) ->
            OpenApi.operations(item)
                .forEach((method, operation) ->
                    reader.read(method + " " + path, path, item, operation)));
  }

  /** The official schema is no part of a library; this one has what the document uses of it. */
  @Test
  void document_isOfOpenApi31() throws IOException {
    try (var file = OpenApiTest.class.getResourceAsStream("structure.json")) {
      // given
      var structure =
          new Schemas(
              JsonReader.readOwnObject(new String(file.readAllBytes(), StandardCharsets.UTF_8)),
              "urn:crowd:structure");
      // then
      assertEquals(List.of(), structure.errors("Document", openApi.json()));
    }
  }

  @Test
  void everySchema_isOfTheDialect() {
    // given
    var dialect = openApi.json().text("jsonSchemaDialect").orElseThrow();
    // then: the whole set was read by a validator of it
    assertEquals("https://json-schema.org/draft/2020-12/schema", dialect);
    schemas().fields().forEach((name, schema) -> schemas.assertOfDialect(name, schema));
  }

  /** A word that is none would say nothing, and nobody would hear of it. */
  @Test
  void everyKeyword_ofASchema_isOne() {
    // when
    var unknown = new TreeSet<String>();
    schemas().fields().forEach((name, schema) -> keywords(name, schema, unknown));
    // then
    assertEquals(Set.of(), unknown);
  }

  private static void keywords(String place, Json schema, Set<String> unknown) {
    OpenApi.object(schema)
        .fields()
        .forEach((keyword, value) -> {
          var here = place + "/" + keyword;
          switch (keyword) {
            case "properties" ->
                OpenApi.object(value)
                    .fields()
                    .forEach((name, field) -> keywords(here + "/" + name, field, unknown));
            case "allOf", "anyOf", "oneOf" ->
                ((Json.Arr) value).values().forEach(part -> keywords(here, part, unknown));
            case "items", "not", "if", "then" -> keywords(here, value, unknown);
            default -> {
              if (!LEAVES.contains(keyword)) {
                unknown.add(here);
              }
            }
          }
        });
  }

  @Test
  void paths_areThoseOfTheTemplate() throws IOException {
    // given
    var routes = TemplateReader.read(Project.file("template.yaml")).routes();
    var paths =
        routes.stream()
            .map(Route::path)
            .filter(path -> !path.equals(Route.DEFAULT) && !FILES.contains(path))
            .collect(Collectors.toCollection(TreeSet::new));
    // when
    var described =
        openApi.paths().keySet().stream()
            .flatMap(path -> Stream.of(path, path + "/"))
            .collect(Collectors.toCollection(TreeSet::new));
    // then
    assertEquals(paths, described);
    // A method that has a route of its own is described, too.
    for (var route : routes) {
      if (!route.path().equals(Route.DEFAULT) && !route.method().equals(Route.ANY)) {
        var item = openApi.item(openApi.template(route.path()).orElseThrow());
        assertTrue(OpenApi.operations(item).containsKey(route.method()), route.key());
      }
    }
  }

  @Test
  void everyReference_leadsSomewhere_andEveryComponentIsUsed() {
    // given
    var used = new TreeSet<String>();
    var lost = new ArrayList<String>();
    // when
    each(
        "#",
        openApi.json(),
        (place, object) ->
            object
                .text("$ref")
                .ifPresent(pointer -> {
                  used.add(pointer);
                  if (openApi.at(pointer).isEmpty()) {
                    lost.add(place + " to " + pointer);
                  }
                }));
    // then
    assertEquals(List.of(), lost);
    // Those stand for no path: see the document's description.
    used.add("#/components/responses/MethodNotAllowed");
    used.add("#/components/responses/Preflight");
    var components = new TreeSet<String>();
    for (var kind : List.of("parameters", "headers", "responses", "schemas")) {
      OpenApi.names(OpenApi.object(openApi.at("#/components/" + kind).orElseThrow()))
          .forEach(name -> components.add("#/components/" + kind + "/" + name));
    }
    assertEquals(components, used);
  }

  @Test
  void operationIds_areUnique_andTagsAndSecurityAreDeclared() {
    // given
    var ids = new HashSet<String>();
    var tags = tags();
    var schemes =
        OpenApi.names(OpenApi.object(openApi.at("#/components/securitySchemes").orElseThrow()));
    // then
    eachOperation((name, _, _, operation) -> {
      assertTrue(ids.add(operation.text("operationId").orElseThrow()), name);
      for (var tag : values(operation, "tags")) {
        assertTrue(tag instanceof Json.Text(var text) && tags.contains(text), name);
      }
      for (var security : values(operation, "security")) {
        assertTrue(schemes.containsAll(OpenApi.names(OpenApi.object(security))), name);
      }
    });
  }

  private Set<String> tags() {
    return values(openApi.json(), "tags").stream()
        .map(tag -> OpenApi.object(tag).text("name").orElseThrow())
        .collect(Collectors.toSet());
  }

  private static List<Json> values(Json.Obj json, String name) {
    return json.get(name).orElseThrow() instanceof Json.Arr(var values) ? values : List.of();
  }

  @Test
  void everyVariableOfAPath_isAParameter() {
    eachOperation((name, path, item, operation) -> {
      // given
      var variables =
          VARIABLE.matcher(path).results().map(found -> found.group(1)).collect(Collectors.toSet());
      // when
      var declared =
          openApi.parameters(item, operation).stream()
              .filter(parameter -> parameter.text("in").equals(Optional.of("path")))
              .map(parameter -> parameter.text("name").orElseThrow())
              .collect(Collectors.toSet());
      // then
      assertEquals(variables, declared, name);
    });
  }

  @Test
  void everyExample_isOfItsSchema() {
    // given
    var wrong = new ArrayList<String>();
    // when
    each(
        "#",
        openApi.json(),
        (place, object) -> {
          var examples = object.object("examples");
          if (examples.isPresent() && object.object("schema").isPresent()) {
            examples
                .get()
                .fields()
                .forEach((name, example) ->
                    wrong.addAll(errors(place + "/" + name, object, value(example))));
          }
          if (object.object("schema").isPresent()) {
            object.get("example").ifPresent(value -> wrong.addAll(errors(place, object, value)));
          }
        });
    schemas()
        .fields()
        .forEach((name, schema) -> {
          if (schema instanceof Json.Obj object && object.get("examples").isPresent()) {
            values(object, "examples")
                .forEach(
                    value -> schemas.errors(name, value).forEach(e -> wrong.add(name + ": " + e)));
          }
        });
    // then
    assertEquals(List.of(), wrong);
  }

  private static Json value(Json example) {
    return OpenApi.object(example).get("value").orElseThrow();
  }

  private List<String> errors(String place, Json.Obj holder, Json value) {
    return schemas.errors(OpenApi.schema(holder), value).stream()
        .map(error -> place + ": " + error)
        .toList();
  }

  @Test
  void aPathIsFound_byItsFixedPartsFirst() {
    assertEquals(Optional.of("/users"), openApi.template("/users/"));
    assertEquals(Optional.of("/users/{id}"), openApi.template("/users/a%2Fb"));
    assertEquals(Optional.of("/v1/{call}"), openApi.template("/v1/track"));
    assertEquals(Optional.empty(), openApi.template("/engage/"));
    assertEquals(Map.of("id", "a"), OpenApi.variables("/users/{id}/events", "/users/a/events/"));
  }
}
