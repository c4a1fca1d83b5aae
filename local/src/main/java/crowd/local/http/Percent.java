package crowd.local.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as the gateway does it: what cannot be decoded stays as it was sent. */
final class Percent {

  private Percent() {}

  static String decodePath(String segment) {
    return decode(segment.replace("+", "%2B"), segment);
  }

  static String decodeQuery(String part) {
    return decode(part, part);
  }

  private static String decode(String encoded, String asSent) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return asSent;
    }
  }
}
