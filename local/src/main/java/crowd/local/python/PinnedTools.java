package crowd.local.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** The programs in Python that the project uses, each of the versions that a file of ours names. */
public enum PinnedTools {
  /** SAM's command line and cfn-lint. */
  SAM(10),
  CHECKOV(10),
  /** A CloudFormation that makes nothing, and SAM's transformation. */
  MOTO(10),
  /**
   * LocalStack of its last open release, to run without a container; 3.12 lacks what it imports.
   */
  LOCALSTACK(13);

  private final int minor;

  PinnedTools(int minor) {
    this.minor = minor;
  }

  /**
   * Installs them, if they are not there yet.
   *
   * @param root of the project
   * @throws crowd.local.npm.ToolMissingException if Python is missing
   * @throws IOException if the packages cannot be installed
   */
  public PythonTools installed(Path root) throws IOException, InterruptedException {
    var name = name().toLowerCase(Locale.ROOT);
    return PythonTools.in(root.resolve(".crowd/build/" + name), text(name + ".txt"), minor);
  }

  private static String text(String file) {
    try (var resource = PinnedTools.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(resource, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
