package crowd.local.npm;

import java.io.IOException;

/** A program is not on this machine. The message is one line, and says how to get it. */
public final class ToolMissingException extends IOException {

  private static final long serialVersionUID = 1L;

  public ToolMissingException(String message) {
    super(message);
  }
}
