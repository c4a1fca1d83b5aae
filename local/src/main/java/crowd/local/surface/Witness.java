package crowd.local.surface;

import java.util.Map;

/** Who sees everything that a client sends and is answered. */
public interface Witness {

  /** For whom nothing is to be seen. */
  Witness NOBODY = (_, _, _, _, _) -> {};

  /**
   * @param target the path as it was sent, with the query
   * @param headers as they were sent
   */
  void saw(
      String method, String target, Map<String, String> headers, byte[] body, Api.Answer answer);
}
