package crowd.functions.http;

import java.time.Duration;

/** Told once at the end of each call, for metrics. */
public interface Invocations {

  Invocations NONE = (function, status, took) -> {};

  /**
   * @param function its name, as in the log
   * @param status of the answer; of a function without HTTP: 200 if it did its work, else 500
   */
  void ended(String function, int status, Duration took);
}
