package crowd.local.dynamo;

import crowd.aws.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * AWS's DynamoDB Local in this process, over HTTP on loopback only. Its own server listens on all
 * interfaces and reports its use to AWS: this one does neither.
 */
public final class DynamoDbLocal implements AutoCloseable {

  /** Lets the operating system choose the port. */
  public static final int ANY_PORT = 0;

  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private final LocalDynamoDBRequestHandler requests;
  private final Server server;

  private DynamoDbLocal(LocalDynamoDBRequestHandler requests, Server server) {
    this.requests = requests;
    this.server = server;
  }

  /** Starts it with tables that are gone when it is closed. */
  public static DynamoDbLocal inMemory(int port) {
    return start(port, null);
  }

  /**
   * Starts it with tables in a folder, which is made if it does not exist. What was acknowledged
   * survives a kill of the process.
   */
  public static DynamoDbLocal inFolder(int port, Path folder) {
    try {
      return start(port, Files.createDirectories(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DynamoDbLocal start(int port, @Nullable Path folder) {
    SQLITE.setLevel(Level.WARNING);
    try {
      var requests =
          new LocalDynamoDBRequestHandler(
              0, folder == null, folder == null ? null : folder.toString(), true, false);
      var handler = new LocalDynamoDBServerHandler(requests, null);
      var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server.setHandler(new DynamoDBProxyServer(0, handler).setUpHandler(handler));
      server.start();
      return new DynamoDbLocal(requests, server);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not start on port " + port, e);
    }
  }

  public URI endpoint() {
    var port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://127.0.0.1:" + port);
  }

  /** A client with the settings of the functions'. All clients see the same tables. */
  public DynamoDbClient client(SdkHttpClient http) {
    return clientBuilder(http).build();
  }

  /** For callers who change some of them. */
  public DynamoDbClientBuilder clientBuilder(SdkHttpClient http) {
    return Clients.dynamoDb(http, Region.US_EAST_1)
        .endpointOverride(endpoint())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not stop", e);
    } finally {
      requests.shutdown();
    }
  }
}
