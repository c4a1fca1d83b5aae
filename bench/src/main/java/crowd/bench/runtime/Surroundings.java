package crowd.bench.runtime;

import crowd.bench.cloud.Certificate;
import crowd.local.runtime.RuntimeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Lambda surrounds a function with, and where its cloud is. */
public record Surroundings(Certificate certificate, int port, int memoryMegabytes) {

  /** In the folder of the managed runtime's layout. */
  public Launch managed(String name, Path folder, String handler) throws IOException {
    var command =
        RuntimeClient.command(
            memoryMegabytes,
            List.of("-Djavax.net.ssl.trustStore=" + certificate.javaBundle()),
            handler);
    return new Launch(name, command, folder, environment(folder, handler));
  }

  /** By the program of the package's own, as on {@code provided.al2023}. */
  public Launch provided(String name, Path folder, String handler, Map<String, String> more) {
    var environment = new HashMap<>(environment(folder, handler));
    environment.putAll(more);
    return new Launch(name, List.of(folder.resolve("bootstrap").toString()), folder, environment);
  }

  private Map<String, String> environment(Path folder, String handler) {
    var cloud = "https://localhost:" + port;
    return Map.ofEntries(
        Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin"),
        Map.entry("LANG", "en_US.UTF-8"),
        Map.entry("TZ", ":UTC"),
        Map.entry("LD_LIBRARY_PATH", folder + ":" + folder.resolve("lib")),
        Map.entry("LAMBDA_TASK_ROOT", folder.toString()),
        Map.entry("_HANDLER", handler),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", "crowd"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + memoryMegabytes),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        Map.entry("AWS_REGION", "eu-central-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "local"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
        Map.entry("AWS_SESSION_TOKEN", "local"),
        Map.entry("AWS_ENDPOINT_URL_DYNAMODB", cloud),
        Map.entry("AWS_ENDPOINT_URL_KINESIS", cloud),
        Map.entry("SSL_CERT_FILE", certificate.pemBundle().toString()),
        Map.entry("TABLE_NAME", "crowd"),
        Map.entry("STREAM_NAME", "crowd"));
  }
}
