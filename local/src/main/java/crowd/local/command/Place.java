package crowd.local.command;

import crowd.local.template.Template;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.nio.file.Path;

/** Where the project and its data are, as the script says. */
final class Place {

  private Place() {}

  static Path project() {
    return Path.of(System.getProperty("crowd.root", ".")).toAbsolutePath().normalize();
  }

  /**
   * @param given what the command was told; empty for the usual place
   */
  static Path data(String given) {
    return given.isEmpty()
        ? project().resolve(".crowd").resolve("data")
        : Path.of(given).toAbsolutePath().normalize();
  }

  /** Where fetched programs are kept. */
  static Path tools() {
    return project().resolve(".crowd").resolve("tools");
  }

  /** What is deployed. */
  static Path jar() {
    return project().resolve("functions").resolve("target").resolve("functions.jar");
  }

  static Template template() throws IOException {
    return TemplateReader.read(project().resolve("template.yaml"));
  }
}
