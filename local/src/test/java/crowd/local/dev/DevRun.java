package crowd.local.dev;

import crowd.local.Crowd;
import crowd.local.Project;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code ./crowd dev} as a process of its own, on a free port. */
record DevRun(Process process, String address) implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("\\s*API\\s+(http://\\S+)");

  /** Returns when the API answers. */
  static DevRun start(String... options) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Dcrowd.root=" + Project.file(""),
                "-cp",
                System.getProperty("java.class.path"),
                Crowd.class.getName(),
                "dev",
                "--port",
                "0"));
    command.addAll(List.of(options));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var before = new StringBuilder();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var address = ADDRESS.matcher(line);
      if (address.matches()) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return new DevRun(process, address.group(1));
      }
      before.append(line).append('\n');
    }
    throw new AssertionError("it did not start: " + before);
  }

  /** {@code kill -9}. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
