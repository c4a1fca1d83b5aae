package crowd.local.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * AWS's runtime client, and the JVM that the managed runtime of Java runs it in.
 *
 * <p>The flags are those of {@code java} in the managed runtime, as functions that print their own
 * command line show it: a heap of 85 % of the function's memory, SerialGC, C1 only. There is no
 * flag for an {@code OutOfMemoryError}: the runtime client reports it as the error of the call, and
 * then ends the process ({@code AWSLambda.startRuntimeLoop}: any {@code VirtualMachineError}).
 */
public final class RuntimeClient {

  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private static final List<String> NAMES =
      List.of(
          "aws-lambda-java-runtime-interface-client",
          "aws-lambda-java-core",
          "aws-lambda-java-serialization",
          "utils-lite");

  private static final double HEAP_SHARE = 0.85;

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+TieredCompilation",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ErrorFileToStderr",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "-Djava.net.preferIPv4Stack=true");

  private RuntimeClient() {}

  /**
   * All jars that the managed runtime brings along, on the class path of this process.
   *
   * @throws IOException if one of them is not there
   */
  public static List<Path> jars() throws IOException {
    var jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(path -> Path.of(path).toAbsolutePath())
            .filter(path ->
                NAMES.stream()
                    .anyMatch(name -> path.getFileName().toString().startsWith(name + "-")))
            .toList();
    if (jars.size() != NAMES.size()) {
      throw new IOException("not all of the runtime client is on the class path: " + jars);
    }
    return jars;
  }

  /**
   * What starts a function's process.
   *
   * @param memoryMegabytes of the function
   * @param options of the JVM, beside those of the managed runtime
   */
  public static List<String> command(int memoryMegabytes, List<String> options, String handler)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-XX:MaxHeapSize=" + Math.round(memoryMegabytes * 1024 * HEAP_SHARE) + "k");
    command.addAll(FLAGS);
    command.addAll(options);
    command.add("-classpath");
    command.add(
        jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN);
    command.add(handler);
    return command;
  }
}
