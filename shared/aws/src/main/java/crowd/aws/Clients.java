package crowd.aws;

import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;

/**
 * The clients of one process, on one HTTP client: made at its start, kept to its end.
 *
 * <p>Credentials come from the SDK's default chain, which SnapStart needs; the endpoints too, so
 * {@code AWS_ENDPOINT_URL_DYNAMODB} and {@code AWS_ENDPOINT_URL_KINESIS} are honoured.
 */
public record Clients(SdkHttpClient http, DynamoDbClient dynamoDb, KinesisClient kinesis)
    implements AutoCloseable {

  /** Requests at the same moment. A store or stream that sends more has them wait. */
  static final int MAX_CONNECTIONS = 64;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** One sending. A Lambda function thawed with a dead connection finds out after this. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);

  /** A call with all its retries; the gateway gives a request up after 30 s. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(25);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

  /** Where a website would be whose name none can have. */
  private static final Query NOBODY = new Query("_#s", "@", "@", false, null, 1);

  /** Where the alias of an anonymous id would be of that website. */
  private static final Key NOBODYS = new Key("@#a#@", "@");

  public static Clients in(Region region) {
    var http = newHttp();
    return new Clients(http, dynamoDb(http, region).build(), kinesis(http, region).build());
  }

  public static SdkHttpClient newHttp() {
    return AwsCrtHttpClient.builder()
        .maxConcurrency(MAX_CONNECTIONS)
        .connectionTimeout(CONNECT_TIMEOUT)
        .connectionAcquisitionTimeout(CALL_TIMEOUT)
        .build();
  }

  /** For callers with an endpoint or an HTTP client of their own. */
  public static DynamoDbClientBuilder dynamoDb(SdkHttpClient http, Region region) {
    return DynamoDbClient.builder()
        .httpClient(Unsent.over(http))
        .region(region)
        .overrideConfiguration(configuration().addExecutionInterceptor(new LostReplies()).build());
  }

  /** For callers with an endpoint or an HTTP client of their own. */
  public static KinesisClientBuilder kinesis(SdkHttpClient http, Region region) {
    return KinesisClient.builder()
        .httpClient(Unsent.over(http))
        .region(region)
        .overrideConfiguration(configuration().build());
  }

  private static ClientOverrideConfiguration.Builder configuration() {
    var backoff = BackoffStrategy.exponentialDelay(FIRST_BACKOFF, LONGEST_BACKOFF);
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
        .apiCallTimeout(CALL_TIMEOUT)
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .backoffStrategy(backoff)
                .throttlingBackoffStrategy(backoff)
                .build());
  }

  /**
   * Reads a website that does not exist, as every call reads its own, so that classes are loaded,
   * and the connection made, before the first request. A failure is left to that request to report.
   */
  public void prime(String table) {
    try {
      var _ = new DynamoStore(dynamoDb, table).query(NOBODY);
    } catch (SdkException | StoreUnavailableException e) {
      // The first request will meet it too, and has somebody to tell.
    }
  }

  /** The same for functions that read rows by their keys, too: asks for one of nobody's. */
  public void primeRows(String table) {
    try {
      var _ = new DynamoStore(dynamoDb, table).get(List.of(NOBODYS));
    } catch (SdkException | StoreUnavailableException e) {
      // As above.
    }
  }

  /** The same for a stream: asks for one shard of it. */
  public void primeStream(String stream) {
    try {
      kinesis.listShards(list -> list.streamName(stream).maxResults(1));
    } catch (SdkException e) {
      // As above.
    }
  }

  @Override
  public void close() {
    dynamoDb.close();
    kinesis.close();
    http.close();
  }
}
