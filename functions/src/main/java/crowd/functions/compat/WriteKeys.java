package crowd.functions.compat;

import crowd.core.json.Json;
import crowd.functions.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where clients put the write key. One client may name it in several places, and does. */
final class WriteKeys {

  private static final String FIELD = "writeKey";
  private static final String BASIC = "Basic ";

  private WriteKeys() {}

  /** All that differ. */
  static Set<String> of(HttpRequest request, Json.Obj body) {
    var keys = new TreeSet<String>();
    basic(request).ifPresent(keys::add);
    request.header("x-write-key").ifPresent(text -> add(keys, beforeColon(text)));
    request.header("x-crowd-key").ifPresent(text -> add(keys, text));
    query(request).ifPresent(keys::add);
    body.text(FIELD).ifPresent(text -> add(keys, beforeColon(text)));
    if (body.get("batch").orElse(Json.Null.VALUE) instanceof Json.Arr(var messages)) {
      for (var message : messages) {
        if (message instanceof Json.Obj json) {
          json.text(FIELD).ifPresent(text -> add(keys, beforeColon(text)));
        }
      }
    }
    if (keys.isEmpty()) {
      // As the native routes are called.
      body.text("website").ifPresent(text -> add(keys, text));
    }
    return keys;
  }

  /** Of a call without a body. */
  static Set<String> of(HttpRequest request) {
    return of(request, Json.Obj.EMPTY);
  }

  private static Optional<String> query(HttpRequest request) {
    return Optional.ofNullable(request.query().get(FIELD)).filter(key -> !key.isBlank());
  }

  /** The user name; whatever the password is. */
  private static Optional<String> basic(HttpRequest request) {
    return request
        .header("authorization")
        .filter(text -> text.regionMatches(true, 0, BASIC, 0, BASIC.length()))
        .flatMap(text -> decoded(text.substring(BASIC.length()).strip()))
        .map(WriteKeys::beforeColon)
        .filter(key -> !key.isBlank());
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * Jitsu's keys have a secret part, and its bodies hold the key with that masked, or all of it.
   */
  private static void add(Set<String> keys, String key) {
    if (!key.isBlank() && key.chars().anyMatch(c -> c != '*')) {
      keys.add(key);
    }
  }

  private static String beforeColon(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }
}
