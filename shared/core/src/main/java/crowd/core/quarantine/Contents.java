package crowd.core.quarantine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A record that was kept aside, and what is in it.
 *
 * @param data as the stream delivered it, Base64
 */
public record Contents(Kept kept, String data) {

  /** The record's bytes; the text itself if it is not Base64. */
  public byte[] bytes() {
    try {
      return Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException _) {
      return data.getBytes(StandardCharsets.UTF_8);
    }
  }
}
