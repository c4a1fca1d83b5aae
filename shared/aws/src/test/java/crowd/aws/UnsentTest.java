package crowd.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Page;
import crowd.core.store.Query;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/** A rehearsal is answered from memory, and of its calls nothing leaves the process. */
class UnsentTest {

  private static final Item ITEM = Item.at(new Key("p", "s")).with("plan", "pro");

  private static final Envelope ENVELOPE = KinesisStreamTest.envelope("m-1", "Seen");

  private final List<String> sent = new ArrayList<>();
  private final List<String> read = new ArrayList<>();
  private final Clients clients = clients(new Wire(sent));
  private final DynamoStore table = new DynamoStore(clients.dynamoDb(), "crowd");
  private final KinesisStream stream = new KinesisStream(clients.kinesis(), "crowd");
  private final InMemoryStore memory = new InMemoryStore();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void store_isAnsweredFromMemory() {
    var store = Unsent.store(table, memory);
    var query = new Query("p", "a", "z", false, null, 2);
    var put = List.of(new Write.Put(ITEM, Condition.ABSENT));

    assertEquals(WriteOutcome.WRITTEN, store.transact(put));
    assertEquals(WriteOutcome.CONDITION_FAILED, store.transact(put));
    assertEquals(Map.of(ITEM.key(), ITEM), store.get(List.of(ITEM.key())));
    assertEquals(new Page(List.of(ITEM), null), store.query(query));
    assertEquals(
        List.of(WriteOutcome.WRITTEN), store.write(List.of(new Write.Put(ITEM, Condition.ALWAYS))));
    assertEquals(List.of(), store.putAll(List.of(ITEM)));
    assertEquals(List.of(), sent);
  }

  @Test
  void stream_takesEverything() {
    assertEquals(AppendOutcome.APPENDED, Unsent.stream(stream).append(ENVELOPE));
    assertEquals(List.of(), sent);
  }

  @Test
  void clients_readAnAnswerOfEach() {
    var store = Unsent.store(table, memory);

    store.query(new Query("p", "a", "z", false, null, 2));
    store.get(List.of(ITEM.key()));
    store.transact(List.of(new Write.Put(ITEM, Condition.ABSENT)));
    Unsent.stream(stream).append(ENVELOPE);

    var item = "{pk=AttributeValue(S=@), sk=AttributeValue(S=@), n=AttributeValue(N=1)}";
    assertEquals(
        List.of(
            "QueryResponse(Items=[" + item + "], Count=1, ScannedCount=1)",
            "BatchGetItemResponse(Responses={crowd=[" + item + "]}, UnprocessedKeys={})",
            "TransactWriteItemsResponse()",
            "PutRecordResponse(ShardId=0, SequenceNumber=1)"),
        read);
    assertEquals(List.of(), sent);
  }

  @Test
  void sameClients_sendWhatIsNoRehearsal() {
    Unsent.stream(stream).append(ENVELOPE);
    Unsent.store(table, memory).get(List.of(ITEM.key()));

    assertEquals(AppendOutcome.UNKNOWN, stream.append(ENVELOPE));
    assertEquals(
        WriteOutcome.UNKNOWN, table.transact(List.of(new Write.Put(ITEM, Condition.ABSENT))));
    assertEquals(
        List.of("Kinesis_20131202.PutRecord", "DynamoDB_20120810.TransactWriteItems"), sent);
  }

  private Clients clients(SdkHttpClient http) {
    var nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none"));
    return new Clients(
        http,
        noting(Clients.dynamoDb(http, Region.US_EAST_1)).credentialsProvider(nobody).build(),
        noting(Clients.kinesis(http, Region.US_EAST_1)).credentialsProvider(nobody).build());
  }

  private <B extends SdkClientBuilder<B, ?>> B noting(B client) {
    return client.overrideConfiguration(
        client.overrideConfiguration().toBuilder()
            .addExecutionInterceptor(
                new ExecutionInterceptor() {
                  @Override
                  public void afterExecution(
                      Context.AfterExecution call, ExecutionAttributes attributes) {
                    read.add(call.response().toString());
                  }
                })
            .build());
  }

  /** Leads nowhere, and notes what would have gone there. */
  private record Wire(List<String> sent) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      sent.add(request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow());
      throw SdkClientException.create("no way");
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
