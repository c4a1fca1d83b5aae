package crowd.core.fingerprint;

import crowd.core.json.Json;
import java.util.Optional;

/**
 * The field {@code fingerprint} of a server's identify: the connection of its user, {@code {ip,
 * user_agent}}, or the 32 hex digits themselves.
 */
public final class FingerprintField {

  public static final String NAME = "fingerprint";

  private FingerprintField() {}

  /** How reading ended. */
  public sealed interface Read {

    /**
     * @param fingerprint empty where the website makes none
     */
    record Given(Optional<Fingerprint> fingerprint) implements Read {}

    /**
     * @param detail what is wrong and how to mend it; never the value that was sent
     */
    record Wrong(String code, String detail) implements Read {}
  }

  public static Read read(Json value, Fingerprinting settings) {
    return switch (value) {
      case Json.Obj connection -> ofConnection(connection, settings);
      case Json.Text(var text) ->
          Fingerprint.parse(text)
              .<Read>map(fingerprint ->
                  new Read.Given(Optional.of(fingerprint).filter(_ -> settings.isWorking())))
              .orElse(
                  new Read.Wrong(
                      "not_a_fingerprint",
                      "is no fingerprint: send 32 hex digits, or an object of ip and user_agent"));
      case Json.Num _, Json.Bool _, Json.Arr _, Json.Null _ ->
          new Read.Wrong(
              "wrong_type",
              "must be an object of ip and user_agent, or 32 hex digits, and is a " + value.kind());
    };
  }

  private static Read ofConnection(Json.Obj json, Fingerprinting settings) {
    var ip = json.text("ip").filter(text -> !text.isBlank());
    var userAgent = json.text("user_agent").or(() -> json.text("userAgent"));
    if (ip.isEmpty() || userAgent.isEmpty()) {
      return new Read.Wrong(
          "missing", "must hold ip and user_agent of the user's own connection, both as strings");
    }
    return new Read.Given(settings.of(new Connection(ip.get(), userAgent.get())));
  }
}
