package crowd.local.dev;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.store.Store;
import crowd.local.dynamo.DynamoDbLocal;
import crowd.local.role.Guard;
import crowd.local.stream.FolderInUseException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** The table of a local run, served here or by another process; or one that is deployed. */
public final class LocalTable implements AutoCloseable {

  private static final String NAME = "crowd";

  /** How long a run may take from having its folder to serving its table. */
  private static final Duration START = Duration.ofSeconds(30);

  private static final long LOOK_EVERY_MILLIS = 100;

  private final String name;
  private final SdkHttpClient http;
  private final DynamoDbClient client;
  private final Optional<URI> endpoint;
  private final Deque<AutoCloseable> parts;

  private LocalTable(
      String name, SdkHttpClient http, DynamoDbClient client, Optional<URI> endpoint) {
    this.name = name;
    this.http = http;
    this.client = client;
    this.endpoint = endpoint;
    this.parts = new ArrayDeque<>(List.of(client, http));
  }

  private static DynamoDbClientBuilder builder(SdkHttpClient http, URI endpoint) {
    return Clients.dynamoDb(http, Region.US_EAST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  /** Serves a table from here, and makes it if it does not exist. */
  static LocalTable serve(DynamoDbLocal local) {
    var table = at(local.endpoint());
    table.parts.addLast(local);
    TableSchema.createTable(table.client, NAME);
    return table;
  }

  /** The table of a data folder: that of the run that has the folder, or else one served here. */
  public static LocalTable of(Path data) throws IOException, InterruptedException {
    try {
      var folder = DataFolder.take(data);
      var table = serve(DynamoDbLocal.inFolder(DynamoDbLocal.ANY_PORT, folder.table()));
      table.parts.addLast(folder);
      return table;
    } catch (FolderInUseException inUse) {
      for (long left = START.toMillis(); left > 0; left -= LOOK_EVERY_MILLIS) {
        var address = DataFolder.address(data);
        if (address.isPresent()) {
          return at(address.get());
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      throw inUse;
    }
  }

  /** The table that another process serves. */
  static LocalTable at(URI endpoint) {
    SdkHttpClient http = Clients.newHttp();
    var client = builder(http, endpoint).build();
    return new LocalTable(NAME, http, client, Optional.of(endpoint));
  }

  /**
   * A table on AWS, with the credentials that the SDK finds.
   *
   * @param endpoint where DynamoDB answers, if not where the region says
   */
  public static LocalTable deployed(String name, Region region, Optional<URI> endpoint) {
    SdkHttpClient http = Clients.newHttp();
    var builder = Clients.dynamoDb(http, region);
    endpoint.ifPresent(builder::endpointOverride);
    var client = builder.build();
    return new LocalTable(name, http, client, endpoint);
  }

  public Store store() {
    return new DynamoStore(client, name);
  }

  /** As a function may use it. Only for a table that is served at an address of its own. */
  Store store(Guard guard) {
    var guarded = guard.before(builder(http, endpoint())).build();
    parts.addFirst(guarded);
    return new DynamoStore(guarded, name);
  }

  String name() {
    return name;
  }

  URI endpoint() {
    return endpoint.orElseThrow();
  }

  @Override
  public void close() throws IOException {
    for (var part : parts) {
      try {
        part.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
