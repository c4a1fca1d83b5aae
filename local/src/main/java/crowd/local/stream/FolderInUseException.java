package crowd.local.stream;

import java.io.IOException;
import java.nio.file.Path;

/** Another run has the folder. The message is one line, for people. */
public final class FolderInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  FolderInUseException(Path folder, String process) {
    super(
        "another run (process "
            + (process.isEmpty() ? "unknown" : process)
            + ") uses "
            + folder
            + ": end it, or choose another data folder");
  }
}
