package crowd.aws;

import crowd.core.store.Attributes;
import crowd.core.store.ForwardingStore;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Page;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Stream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * All of a call but its sending, for a rehearsal: the client composes and signs the request and
 * reads an answer, so that what it needs for that is loaded, and nothing leaves the process. The
 * adapters' clients must be those of {@link Clients}.
 */
public final class Unsent {

  /** Bound in a thread while its calls are not to be sent: what they are answered with. */
  private static final ScopedValue<byte[]> ANSWER = ScopedValue.newInstance();

  private static final String ITEM =
      """
      {"%s":{"S":"@"},"%s":{"S":"@"},"n":{"N":"1"}}\
      """
          .formatted(Attributes.PK, Attributes.SK);

  private static final byte[] FOUND =
      utf8("{\"Items\":[" + ITEM + "],\"Count\":1,\"ScannedCount\":1}");

  private static final byte[] WRITTEN = utf8("{}");

  /**
   * {@code {"SequenceNumber":"1","ShardId":"0"}} in CBOR, which the SDK speaks with Kinesis: two
   * pairs, before each text its kind and length.
   */
  private static final byte[] APPENDED =
      "\u00a2nSequenceNumbera1gShardIda0".getBytes(StandardCharsets.ISO_8859_1);

  private Unsent() {}

  /**
   * @param answers to all calls, and takes all writes
   */
  public static Store store(DynamoStore store, Store answers) {
    return new UnsentStore(store, answers);
  }

  /** One that says of every envelope that it was appended. */
  public static Stream stream(KinesisStream stream) {
    return envelope -> {
      rehearse(APPENDED, () -> stream.append(envelope));
      return AppendOutcome.APPENDED;
    };
  }

  /** What the clients send by: {@code sending}, but for calls of a rehearsal. */
  static SdkHttpClient over(SdkHttpClient sending) {
    return new Http(sending);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void rehearse(byte[] answer, Supplier<?> call) {
    try {
      var _ = ScopedValue.where(ANSWER, answer).call(call::get);
    } catch (StoreUnavailableException e) {
      // Left to the first request to report, which will meet it too.
    }
  }

  private record Http(SdkHttpClient sending) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return ANSWER.isBound()
          ? new Answered(request.httpRequest(), ANSWER.get())
          : sending.prepareRequest(request);
    }

    @Override
    public String clientName() {
      return sending.clientName();
    }

    /** The clients do not close what they were given, and neither does this. */
    @Override
    public void close() {}
  }

  private static final class Answered implements ExecutableHttpRequest {

    private final SdkHttpRequest request;
    private final byte[] answer;

    Answered(SdkHttpRequest request, byte[] answer) {
      this.request = request;
      this.answer = answer;
    }

    @Override
    public HttpExecuteResponse call() {
      var response = SdkHttpResponse.builder().statusCode(200);
      request
          .firstMatchingHeader("Content-Type")
          .ifPresent(type -> response.putHeader("Content-Type", type));
      return HttpExecuteResponse.builder()
          .response(response.build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
          .build();
    }

    /** It takes no time that could be saved. */
    @Override
    public void abort() {}
  }

  /** Rehearses what {@link DynamoStore} does in the caller's thread, where the binding is seen. */
  private static final class UnsentStore extends ForwardingStore {

    private final DynamoStore unsent;
    private final byte[] got;

    UnsentStore(DynamoStore unsent, Store answers) {
      super(answers);
      this.unsent = unsent;
      this.got =
          utf8(
              "{\"Responses\":{\"" + unsent.table() + "\":[" + ITEM + "]},\"UnprocessedKeys\":{}}");
    }

    @Override
    public Map<Key, Item> get(Collection<Key> keys) {
      rehearse(got, () -> unsent.get(keys));
      return super.get(keys);
    }

    @Override
    public Page query(Query query) {
      rehearse(FOUND, () -> unsent.query(query));
      return super.query(query);
    }

    @Override
    public WriteOutcome transact(List<? extends Write> writes) {
      rehearse(WRITTEN, () -> unsent.transact(writes));
      return super.transact(writes);
    }
  }
}
