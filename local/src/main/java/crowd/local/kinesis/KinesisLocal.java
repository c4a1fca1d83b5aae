package crowd.local.kinesis;

import crowd.local.npm.ToolMissingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * The emulator kinesis-local as a process of its own, in memory, on a free port of the loopback
 * interface. It ends with this process.
 *
 * <p>It keeps Kinesis' rules for shards, iterators and sizes, and knows no throttling.
 */
public final class KinesisLocal implements AutoCloseable {

  /** Whose streams {@link #client} sees. */
  public static final Region REGION = Region.US_EAST_1;

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  /** What it is told instead of port numbers; see {@code loopback.cjs}. */
  private static final String PLAIN = "1";

  private static final String TLS = "2";
  private static final Pattern PORT = Pattern.compile("port " + PLAIN + " is (\\d+)");

  private final Process process;
  private final URI endpoint;
  private final SdkHttpClient http;
  private final KinesisClient client;

  private KinesisLocal(Process process, int port) {
    this.process = process;
    this.endpoint = URI.create("http://127.0.0.1:" + port);
    this.http = AwsCrtHttpClient.create();
    this.client =
        KinesisClient.builder()
            .httpClient(http)
            .endpointOverride(endpoint)
            .region(REGION)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
  }

  /**
   * Installs the emulator if need be, starts it, and returns when it answers.
   *
   * @param tools where fetched programs are kept
   * @throws ToolMissingException if Node is missing
   * @throws IOException if the package cannot be installed, or does not start
   */
  public static KinesisLocal start(Path tools) throws IOException, InterruptedException {
    var program = KinesisLocalPackage.in(tools);
    var builder =
        new ProcessBuilder(
            "node", "--require", program.loopback().toString(), program.main().toString());
    builder.redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "KINESIS_MOCK_PLAIN_PORT", PLAIN,
                "KINESIS_MOCK_TLS_PORT", TLS,
                "KINESIS_MOCK_CERT_PATH", program.certificate().toString(),
                "LOAD_DATA_IF_EXISTS", "false",
                "SHOULD_PERSIST_DATA", "false",
                "LOG_LEVEL", "ERROR",
                "SHARD_LIMIT", "1000",
                "CREATE_STREAM_DURATION", "10ms",
                "SPLIT_SHARD_DURATION", "10ms",
                "MERGE_SHARDS_DURATION", "10ms"));
    var process = builder.start();
    try {
      var local = new KinesisLocal(process, port(process));
      local.await("kinesis-local does not answer", () -> local.client.listStreams() != null);
      return local;
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** For {@code AWS_ENDPOINT_URL_KINESIS}. */
  public URI endpoint() {
    return endpoint;
  }

  /** A client of this emulator; closed with it. */
  public KinesisClient client() {
    return client;
  }

  /** Makes a stream, and returns when it can be used. */
  public void createStream(String name, int shards) throws IOException, InterruptedException {
    client.createStream(create -> create.streamName(name).shardCount(shards));
    await("the stream " + name + " does not become active", () -> isActive(name));
  }

  /** Whether the stream is not being changed. */
  public boolean isActive(String name) {
    return client
        .describeStreamSummary(describe -> describe.streamName(name))
        .streamDescriptionSummary()
        .streamStatus()
        .equals(StreamStatus.ACTIVE);
  }

  /** Ends it at once: it is slow to end by itself, and has nothing to keep. */
  @Override
  public void close() {
    client.close();
    http.close();
    process.destroyForcibly();
  }

  /** Reads what it prints until it says its port; the rest is read by nobody, but taken. */
  private static int port(Process process) throws IOException {
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var before = new StringBuilder();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var port = PORT.matcher(line);
      if (port.matches()) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return Integer.parseInt(port.group(1));
      }
      before.append(line).append(' ');
    }
    throw new IOException("kinesis-local ended at its start: " + before.toString().strip());
  }

  private void await(String complaint, Answer answer) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    var last = Optional.<SdkException>empty();
    while (System.nanoTime() < deadline) {
      try {
        if (answer.isThere()) {
          return;
        }
      } catch (SdkException e) {
        last = Optional.of(e);
      }
      Thread.sleep(POLL);
    }
    throw new IOException(complaint, last.orElse(null));
  }

  private interface Answer {
    boolean isThere();
  }
}
