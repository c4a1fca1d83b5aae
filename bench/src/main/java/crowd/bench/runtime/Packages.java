package crowd.bench.runtime;

import crowd.bench.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What was built, and has to be there. */
public final class Packages {

  private Packages() {}

  /** Package A. */
  public static Path functionsJar() throws IOException {
    return built("functions/target/functions.jar", "./crowd package");
  }

  public static Path typicalJar() throws IOException {
    return built("bench/typical/target/typical.jar", "./crowd bench");
  }

  /** Package B, before it is a zip. */
  public static Path nativeJvm() {
    return Root.file("functions/target/native-jvm");
  }

  private static Path built(String path, String command) throws IOException {
    var file = Root.file(path);
    if (!Files.exists(file)) {
      throw new IOException("there is no " + path + "; " + command + " makes it");
    }
    return file;
  }
}
