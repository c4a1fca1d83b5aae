package crowd.functions;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.message.Ids;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.store.memory.Faults;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.stream.memory.InMemoryStream;
import crowd.core.website.KeyText;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the functions stand on, in memory: two websites, their keys, a store, a stream, a
 * clock that stands still until it is moved.
 */
public final class World {

  public static final WebsiteId DEMO = new WebsiteId("demo");
  public static final String ORIGIN = "https://shop.example";
  public static final String SERVER_KEY = "sk_demo_local";
  public static final String READ_KEY = "rk_demo_local";
  public static final String KEY_OF_OTHER = "sk_other_local";
  public static final String REVOKED_KEY = "sk_demo_revoked1";
  public static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private static final Set<Faults.Operation> WRITES =
      Set.of(Faults.Operation.WRITE, Faults.Operation.TRANSACT);

  public final InMemoryStream stream = new InMemoryStream();
  public final List<Map<String, Object>> lines = new ArrayList<>();
  public final Map<Counter, Long> counts = new ConcurrentHashMap<>();
  public final InMemoryStore store;
  public final Wiring wiring;
  private Instant now = NOON;
  private boolean isStoreDown;
  private boolean hasRivals;
  private String defect = "";

  public World() {
    store =
        new InMemoryStore(
            new Faults() {
              @Override
              public void before(Step step) {
                if (!defect.isEmpty()) {
                  throw new IllegalStateException(defect);
                }
              }

              @Override
              public Fate fate(Step step) {
                if (isStoreDown) {
                  return Fate.REQUEST_LOST;
                }
                return hasRivals && WRITES.contains(step.operation()) ? Fate.CONFLICT : Fate.NORMAL;
              }
            });
    Metrics metrics = (counter, n) -> counts.merge(counter, n, Long::sum);
    wiring = new Wiring(store, stream, () -> now, new CountedIds(), lines::add, metrics);
    var admin = new WebsiteAdmin(store, () -> now);
    admin.add(Website.starting(DEMO, Set.of(ORIGIN)));
    admin.add(Website.starting(new WebsiteId("other"), Set.of("https://other.example")));
    for (var key : List.of(SERVER_KEY, READ_KEY, KEY_OF_OTHER, REVOKED_KEY)) {
      admin.addKey(KeyText.parse(key).orElseThrow());
    }
    admin.revokeKey(DEMO, "sk_revoked1");
  }

  /** Ids that can be foretold: {@code id-1}, {@code anon_2}, ... */
  private static final class CountedIds implements Ids {

    private final AtomicInteger last = new AtomicInteger();

    @Override
    public String anonymousId() {
      return "anon_" + last.incrementAndGet();
    }

    @Override
    public String messageId() {
      return "id-" + last.incrementAndGet();
    }
  }

  public void setClock(Instant to) {
    now = to;
  }

  public Instant now() {
    return now;
  }

  /** From now on whatever the store is asked for throws this. */
  public void breakStore(String message) {
    defect = message;
  }

  /** Whether somebody else is first each time something is written. */
  public void setRivals(boolean rivals) {
    hasRivals = rivals;
  }

  public void setStoreDown(boolean down) {
    isStoreDown = down;
  }

  public Answer send(RequestStreamHandler handler, Call call) {
    return Answer.of(invoke(handler, call.payload()));
  }

  public String invoke(RequestStreamHandler handler, byte[] event) {
    try {
      var out = new ByteArrayOutputStream();
      handler.handleRequest(new ByteArrayInputStream(event), out, new TestContext());
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does what the consumer does with all that is on the stream. */
  public void consume() {
    wiring.project().apply(stream.drain(), now.plusSeconds(60));
  }

  public static Json.Obj json(String text) {
    return JsonReader.readOwnObject(text);
  }

  /** A call that may last a minute. */
  public static final class TestContext implements Context {

    @Override
    public String getAwsRequestId() {
      return "aws-request";
    }

    @Override
    public String getLogGroupName() {
      return "";
    }

    @Override
    public String getLogStreamName() {
      return "";
    }

    @Override
    public String getFunctionName() {
      return "";
    }

    @Override
    public String getFunctionVersion() {
      return "";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "";
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
      return 60_000;
    }

    @Override
    public int getMemoryLimitInMB() {
      return 512;
    }

    @Override
    public LambdaLogger getLogger() {
      throw new UnsupportedOperationException();
    }
  }
}
