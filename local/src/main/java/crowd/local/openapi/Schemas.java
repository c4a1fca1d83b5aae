package crowd.local.openapi;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.net.URI;
import java.util.List;

/** The schemas of the document, by name. */
final class Schemas {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String IN_DOCUMENT = "\"#/components/schemas/";
  private static final String HERE = "\"#/$defs/";

  private final String id;
  private final Validator validator;

  /**
   * @param schemas as they stand under {@code components}
   */
  Schemas(Json.Obj schemas) {
    this(schemas, "urn:crowd:openapi");
  }

  /**
   * @param id of the set
   */
  Schemas(Json.Obj schemas, String id) {
    this.id = id;
    validator =
        new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).createValidator();
    var all =
        Json.Obj.EMPTY
            .with("$schema", new Json.Text(DIALECT))
            .with("$id", new Json.Text(id))
            .with("$defs", schemas);
    // Registering checks each of them against the dialect.
    validator.registerSchema(URI.create(id), JsonText.write(all).replace(IN_DOCUMENT, HERE));
  }

  /**
   * @return what is wrong with the value, each error with its place; nothing if it is valid
   */
  List<String> errors(String schema, Json value) {
    return validator
        .validate(URI.create(id + "#/$defs/" + schema), JsonText.write(value))
        .getErrors()
        .stream()
        .map(Schemas::text)
        .toList();
  }

  /** Fails if the schema is none of JSON Schema 2020-12. */
  void assertOfDialect(String name, Json schema) {
    var result = validator.validate(URI.create(DIALECT), JsonText.write(schema));
    if (!result.isValid()) {
      throw new AssertionError(
          name + ": " + result.getErrors().stream().map(Schemas::text).toList());
    }
  }

  private static String text(Error error) {
    return error.getInstanceLocation()
        + " "
        + error.getError()
        + " ("
        + error.getSchemaLocation()
        + ")";
  }
}
