package crowd.core.fingerprint;

import java.util.Locale;

/**
 * Where a browser calls from. Personal data: it is hashed at once and goes nowhere, so it has no
 * readable {@link #toString}.
 *
 * @param ip as text; empty if it is not known
 * @param userAgent as the browser sends it
 */
public record Connection(String ip, String userAgent) {

  public static final Connection UNKNOWN = new Connection("", "");

  /** How systems that speak both protocols write an address of the older one. */
  private static final String MAPPED = "::ffff:";

  /** One address has one text, whoever wrote it down. */
  public Connection {
    ip = ip.strip().toLowerCase(Locale.ROOT);
    if (ip.startsWith(MAPPED) && ip.indexOf('.') > 0) {
      ip = ip.substring(MAPPED.length());
    }
  }

  @Override
  public String toString() {
    return "a connection";
  }
}
