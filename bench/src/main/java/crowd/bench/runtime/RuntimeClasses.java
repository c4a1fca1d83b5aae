package crowd.bench.runtime;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The jars that Lambda's managed runtime brings along. */
public final class RuntimeClasses {

  private static final List<String> NAMES =
      List.of(
          "aws-lambda-java-runtime-interface-client",
          "aws-lambda-java-core",
          "aws-lambda-java-serialization",
          "utils-lite");

  public static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private RuntimeClasses() {}

  public static List<Path> jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(path ->
            NAMES.stream().anyMatch(name -> path.getFileName().toString().startsWith(name + "-")))
        .toList();
  }

  static String classPath() {
    return jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
