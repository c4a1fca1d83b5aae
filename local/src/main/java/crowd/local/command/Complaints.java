package crowd.local.command;

import crowd.core.store.StoreUnavailableException;
import crowd.local.stream.FolderInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in one line what a person can mend; what nobody foresaw keeps its stack trace. */
final class Complaints implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine command, ParseResult arguments) {
    boolean isDeployed =
        command.getParseResult().hasMatchedOption(TableOption.TABLE)
            || arguments.hasMatchedOption(TableOption.TABLE);
    var line = line(thrown, isDeployed);
    if (line.isEmpty()) {
      thrown.printStackTrace(command.getErr());
    } else {
      command.getErr().println("crowd: " + line);
    }
    command.getErr().flush();
    return 1;
  }

  private static String line(@Nullable Throwable thrown, boolean isDeployed) {
    return switch (thrown) {
      case Complaint complaint -> said(complaint);
      case FolderInUseException inUse -> said(inUse);
      case BindException _ -> "the port is taken: end what uses it, or choose another with --port";
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException missing -> "no file " + missing.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
      case FileSystemException file -> file.getMessage() == null ? file.toString() : said(file);
      case UncheckedIOException unchecked -> line(unchecked.getCause(), isDeployed);
      case IOException failed -> said(failed);
      case StoreUnavailableException _, SdkException _ ->
          isDeployed
              ? "the table does not answer: look at its name, AWS_REGION and the credentials"
              : "the table of the local run does not answer; try again, or start ./crowd dev again";
      case null, default -> "";
    };
  }

  private static String said(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
