package crowd.local.eventsource;

import crowd.core.json.Json;
import java.io.IOException;

/** Where what was given up is put down. */
public interface FailureDestination {

  /**
   * Returns when the note is safe: the records are passed over then.
   *
   * @param note as Lambda writes it to a destination on failure, with the records themselves
   */
  void send(Json.Obj note) throws IOException;
}
