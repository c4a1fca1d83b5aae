package crowd.functions.http;

import java.util.Map;

/**
 * Where lines about the work go, one for each call. Never a person's data: no ids of people, no
 * bodies, no headers, no messages of exceptions.
 */
public interface Log {

  Log NONE = fields -> {};

  /**
   * @param fields in the order in which people want to read them; values are texts, numbers,
   *     truths, or lists of these
   */
  void line(Map<String, Object> fields);
}
