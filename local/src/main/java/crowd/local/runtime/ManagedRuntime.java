package crowd.local.runtime;

import crowd.local.folder.Folders;
import crowd.local.template.FunctionResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Starts functions as the managed runtime of Java does: the unpacked jar is the working directory,
 * AWS's runtime client alone is on the class path and loads the function from there.
 */
public final class ManagedRuntime implements AutoCloseable {

  /** Without it each process unpacks its own, all to the same place. */
  private static final String LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final Path folder;

  private ManagedRuntime(Path folder) {
    this.folder = folder;
  }

  /**
   * Unpacks a jar, as Lambda does with what is deployed.
   *
   * @throws IOException if there is no such jar, or the runtime client cannot run here
   */
  public static ManagedRuntime of(Path jar) throws IOException {
    if (!Files.exists(jar)) {
      throw new IOException(jar.getFileName() + " is not there: ./crowd package makes it");
    }
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new IOException("AWS's runtime client runs on Linux only");
    }
    var _ = RuntimeClient.jars(); // without these no function starts
    var runtime = new ManagedRuntime(Files.createTempDirectory("crowd-runtime-"));
    try {
      runtime.unpack(jar);
      return runtime;
    } catch (IOException | RuntimeException e) {
      runtime.close();
      throw e;
    }
  }

  /**
   * The command that runs a function; its environment is {@link #environment}, its directory {@link
   * #task}.
   *
   * @param temporary the process's own folder for temporary files, as each has on Lambda
   */
  List<String> command(FunctionResource function, Path temporary) throws IOException {
    return RuntimeClient.command(
        function.memoryMegabytes(),
        List.of(
            // Only keep warnings about native code out of the log.
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + temporary,
            "-D" + LIBRARY + "=" + library()),
        function.handler());
  }

  /**
   * All of a function's environment: nothing of this process's own.
   *
   * @param variables those of the function, and of the account that it runs in
   */
  Map<String, String> environment(FunctionResource function, Map<String, String> variables) {
    var environment = new HashMap<String, String>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("LANG", "en_US.UTF-8");
    environment.put("TZ", ":UTC");
    environment.put("LAMBDA_TASK_ROOT", task().toString());
    environment.put("_HANDLER", function.handler());
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memoryMegabytes()));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    environment.putAll(variables);
    return environment;
  }

  /** The unpacked jar. */
  Path task() {
    return folder.resolve("task");
  }

  /** A new folder for the temporary files of one process. */
  Path newTemporary() throws IOException {
    return Files.createTempDirectory(folder, "tmp-");
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }

  private void unpack(Path jar) throws IOException {
    Layout.unpack(jar, task());
    try (var bytes = ManagedRuntime.class.getResourceAsStream("/jni/" + library().getFileName())) {
      Files.copy(
          Objects.requireNonNull(bytes, "the runtime client knows no such machine"), library());
    }
  }

  private Path library() {
    var machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return folder.resolve(
        "libaws-lambda-jni.linux-" + (machine.equals("aarch64") ? "aarch_64" : "x86_64") + ".so");
  }
}
