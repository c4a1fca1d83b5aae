package crowd.bench.image;

import crowd.bench.Root;
import crowd.bench.runtime.TaskRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * template.yaml with package B in place of the jar. A file of its own, for SAM uploads what CodeUri
 * names and evaluates no condition there.
 */
final class DeployTemplate {

  private static final String JAR = "    CodeUri: functions/target/functions.jar\n";

  private DeployTemplate() {}

  static String processor() {
    return TaskRoot.isArm() ? "arm64" : "x86_64";
  }

  /** Beside the zip. */
  static Path write(Path zip) throws IOException {
    var text = Files.readString(Root.file("template.yaml"));
    text = replaced(text, JAR, "    CodeUri: " + zip.getFileName() + "\n");
    text = replaced(text, "    Default: java25\n", "    Default: provided.al2023\n");
    text = replaced(text, "    Default: arm64\n", "    Default: " + processor() + "\n");
    return Files.writeString(zip.resolveSibling("native-jvm.yaml"), text);
  }

  private static String replaced(String text, String line, String by) throws IOException {
    if (text.split(line, -1).length != 2) {
      throw new IOException("template.yaml has not one line" + line.stripTrailing());
    }
    return text.replace(line, by);
  }
}
