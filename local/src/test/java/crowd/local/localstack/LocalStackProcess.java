package crowd.local.localstack;

import crowd.local.Project;
import crowd.local.python.PinnedTools;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * LocalStack 4.14.0 as a process of its own, without a container; one for all test classes. What it
 * would fetch from elsewhere is laid where it looks for it: Java, and DynamoDB Local from our class
 * path. The SDK's clients find it by the property beside {@code AWS_ENDPOINT_URL}.
 */
final class LocalStackProcess implements AutoCloseable {

  /** Resolves it for test classes, and starts it for the first. */
  static final class Extension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LocalStackProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(LocalStackProcess.class))
          .getOrComputeIfAbsent(LocalStackProcess.class, _ -> start(), LocalStackProcess.class);
    }
  }

  private static final int TRIES = 600;
  private static final long POLL_MILLIS = 200;

  private final Process process;
  private final URI endpoint;

  private LocalStackProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  private static LocalStackProcess start() {
    try {
      var root = Project.file("");
      var tools = PinnedTools.LOCALSTACK.installed(root);
      var files = tools.folder().resolve("files");
      layOut(files.resolve("var/lib/localstack/lib"));
      int port = freePort();
      var endpoint = URI.create("http://127.0.0.1:" + port);
      var builder =
          new ProcessBuilder(
                  tools.folder().resolve("bin/python").toString(), "-m", "localstack.runtime.main")
              .directory(files.toFile())
              .redirectErrorStream(true)
              .redirectOutput(tools.folder().resolve("log").toFile());
      var environment = builder.environment();
      environment.put("OVERRIDE_IN_DOCKER", "0");
      environment.put("FILESYSTEM_ROOT", files.toString());
      environment.put("GATEWAY_LISTEN", "127.0.0.1:" + port);
      environment.put("DNS_ADDRESS", "0");
      environment.put("DISABLE_EVENTS", "1");
      environment.put("SKIP_SSL_CERT_DOWNLOAD", "1");
      environment.put("DYNAMODB_SHARE_DB", "1");
      environment.put("DYNAMODB_IN_MEMORY", "1");
      environment.put("PYTHONWARNINGS", "ignore");
      var started = new LocalStackProcess(builder.start(), endpoint);
      started.await();
      System.setProperty("aws.endpointUrl", endpoint.toString());
      System.setProperty("aws.accessKeyId", "local");
      System.setProperty("aws.secretAccessKey", "local");
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI endpoint() {
    return endpoint;
  }

  private static void layOut(Path libraries) throws IOException {
    var java = libraries.resolve("java/21");
    Files.createDirectories(java.getParent());
    Files.deleteIfExists(java);
    Files.createSymbolicLink(java, Path.of(System.getProperty("java.home")));
    var dynamo = Files.createDirectories(libraries.resolve("dynamodb-local/2"));
    var engine = manifest();
    engine.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Engine.class.getName());
    engine.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    jar(dynamo.resolve("DynamoDBLocal.jar"), engine, List.of());
    var agent = manifest();
    agent.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
    jar(dynamo.resolve("ddb-local-loader-0.1.jar"), agent, List.of(Agent.class));
  }

  private static Manifest manifest() {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    return manifest;
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(path -> Path.of(path).toAbsolutePath().toUri().toString())
        .collect(Collectors.joining(" "));
  }

  private static void jar(Path file, Manifest manifest, List<Class<?>> classes) throws IOException {
    try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      for (var type : classes) {
        var name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (var bytes = type.getResourceAsStream("/" + name)) {
          if (bytes == null) {
            throw new IOException("no class file " + name);
          }
          bytes.transferTo(jar);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void await() throws InterruptedException {
    var health = HttpRequest.newBuilder(endpoint.resolve("/_localstack/health")).build();
    try (var http = HttpClient.newHttpClient()) {
      for (int tries = 0; tries < TRIES && process.isAlive(); tries++) {
        try {
          if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException _) {
          // Not yet.
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
    close();
    throw new IllegalStateException("LocalStack did not start; see .crowd/build/localstack/log");
  }

  /** Ends it and what it started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
