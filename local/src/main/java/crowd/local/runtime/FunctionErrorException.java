package crowd.local.runtime;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import java.io.Serial;

/** That a call ended with an error, as Lambda would report it to whoever called. */
public final class FunctionErrorException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String type;
  private final String report;

  private FunctionErrorException(String type, String message, String report) {
    super(type + ": " + message, null, false, false);
    this.type = type;
    this.report = report;
  }

  /**
   * @param report JSON, as the function's process sent it
   */
  static FunctionErrorException reported(String report) {
    var error = JsonReader.readOwn(report) instanceof Json.Obj fields ? fields : Json.Obj.EMPTY;
    return new FunctionErrorException(
        error.text("errorType").orElse("Unknown"), error.text("errorMessage").orElse(""), report);
  }

  /** Of a process that ended before it said anything of the call. */
  static FunctionErrorException exited(int exit) {
    var message =
        exit == 0
            ? "Runtime exited without providing a reason"
            : "Runtime exited with error: exit status " + exit;
    return new FunctionErrorException("Runtime.ExitError", message, "");
  }

  /** Of a process that did not come to its first call. */
  static FunctionErrorException neverReady() {
    return new FunctionErrorException("Sandbox.Timedout", "The function did not start", "");
  }

  /** Of a process that asked for the next event before it said anything of this one. */
  static FunctionErrorException unanswered() {
    return new FunctionErrorException("Runtime.Unanswered", "The runtime did not answer", "");
  }

  /** The class of what was thrown, or a word of Lambda's own. */
  public String type() {
    return type;
  }

  /**
   * All that the process told of it: JSON with type, message and stack; empty if it told nothing.
   */
  public String report() {
    return report;
  }
}
