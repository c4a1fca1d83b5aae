package crowd.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON strictly: duplicate names, text behind the value, lone surrogates and broken UTF-8 are
 * refused.
 */
public final class JsonReader {

  /** Characters of the longest number literal. A double needs 24; money with many digits fits. */
  public static final int MAX_NUMBER_LENGTH = 64;

  /** Bytes of the longest name of a field. */
  public static final int MAX_NAME_LENGTH = 256;

  private static final int HARD_NESTING = 100;
  private static final int HARD_TEXT_LENGTH = 16 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(HARD_NESTING)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxStringLength(HARD_TEXT_LENGTH)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final char STANDS_FOR_BROKEN = '\ufffd';

  private JsonReader() {}

  /** How reading ended. */
  public sealed interface Outcome {
    record Read(Json value) implements Outcome {}

    /**
     * @param code stable, snake_case
     * @param detail what is wrong and where, without any of the text itself
     */
    record Malformed(String code, String detail) implements Outcome {}

    record TooDeep(int limit) implements Outcome {}
  }

  /**
   * @param maxDepth levels of objects and arrays that may stand in each other
   */
  public static Outcome read(byte[] utf8, int maxDepth) {
    try {
      return read(strictly(utf8), maxDepth);
    } catch (CharacterCodingException e) {
      return new Outcome.Malformed("not_json", "the body is not UTF-8 text");
    }
  }

  private static Outcome read(String text, int maxDepth) {
    try (var parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return new Outcome.Malformed("empty_body", "the body is empty; send a JSON object");
      }
      var value = new Values(parser, text.contains("\\u")).value(maxDepth);
      if (parser.nextToken() != null) {
        return malformed(
            "not_json", "there is text behind the JSON value", parser.currentLocation());
      }
      return new Outcome.Read(value);
    } catch (TooDeepException e) {
      return new Outcome.TooDeep(maxDepth);
    } catch (LoneSurrogateException e) {
      return new Outcome.Malformed(
          "lone_surrogate", "a text holds half of a surrogate pair; send whole Unicode characters");
    } catch (DuplicateFieldException e) {
      return malformed("duplicate_field", "a field stands twice in one object", e.where);
    } catch (StreamConstraintsException e) {
      return new Outcome.Malformed(
          "json_limit",
          "a number is longer than "
              + MAX_NUMBER_LENGTH
              + " characters or a name longer than "
              + MAX_NAME_LENGTH);
    } catch (JsonParseException e) {
      return malformed("not_json", "the body is not JSON", e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be read", e);
    }
  }

  /**
   * The text of the bytes, without a byte order mark. The parser's own decoder takes overlong
   * forms, and guesses at UTF-16 and UTF-32.
   *
   * @throws CharacterCodingException if they are not UTF-8
   */
  private static String strictly(byte[] utf8) throws CharacterCodingException {
    var text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf(STANDS_FOR_BROKEN) >= 0) {
      // It was sent so, or it stands for what is broken: the slow decoder knows.
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /**
   * Reads what this product wrote itself.
   *
   * @throws IllegalArgumentException if it is not JSON
   */
  public static Json readOwn(String text) {
    return switch (read(text, HARD_NESTING)) {
      case Outcome.Read(var value) -> value;
      case Outcome.Malformed(var code, _) ->
          throw new IllegalArgumentException("stored text is not JSON: " + code);
      case Outcome.TooDeep _ ->
          throw new IllegalArgumentException("stored text is nested too deep");
    };
  }

  /**
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public static Json.Obj readOwnObject(String text) {
    if (readOwn(text) instanceof Json.Obj object) {
      return object;
    }
    throw new IllegalArgumentException("stored text is not a JSON object");
  }

  private static Outcome malformed(String code, String detail, @Nullable JsonLocation where) {
    return new Outcome.Malformed(
        code,
        where == null
            ? detail
            : detail + ", near line " + where.getLineNr() + ", column " + where.getColumnNr());
  }

  /**
   * The values of one text.
   *
   * @param hasEscapes whether characters are named by their numbers: what was decoded, or was
   *     written by this product, is whole, and only so can half of a surrogate pair be in it
   */
  private record Values(JsonParser parser, boolean hasEscapes) {

    Json value(int depthLeft) throws IOException {
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(deeper(depthLeft));
        case START_ARRAY -> array(deeper(depthLeft));
        case VALUE_STRING -> new Json.Text(whole(parser.getText()));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
        case VALUE_TRUE -> new Json.Bool(true);
        case VALUE_FALSE -> new Json.Bool(false);
        case VALUE_NULL -> Json.Null.VALUE;
        case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
            throw new UncheckedIOException(new IOException("unexpected token"));
      };
    }

    private Json.Obj object(int depthLeft) throws IOException {
      var fields = new Json.Own();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var name = whole(parser.currentName());
        parser.nextToken();
        if (fields.put(name, value(depthLeft)) != null) {
          throw new DuplicateFieldException(parser.currentLocation());
        }
      }
      return new Json.Obj(fields);
    }

    private Json.Arr array(int depthLeft) throws IOException {
      var values = new ArrayList<Json>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        values.add(value(depthLeft));
      }
      return new Json.Arr(values);
    }

    private String whole(String text) {
      if (hasEscapes && !Unicode.isWellFormed(text)) {
        throw new LoneSurrogateException();
      }
      return text;
    }
  }

  private static int deeper(int depthLeft) {
    if (depthLeft == 0) {
      throw new TooDeepException();
    }
    return depthLeft - 1;
  }

  private static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDeepException() {
      super(null, null, false, false);
    }
  }

  private static final class DuplicateFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient JsonLocation where;

    DuplicateFieldException(JsonLocation where) {
      super(null, null, false, false);
      this.where = where;
    }
  }

  private static final class LoneSurrogateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoneSurrogateException() {
      super(null, null, false, false);
    }
  }
}
