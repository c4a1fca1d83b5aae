package crowd.aws;

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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * All of a call but its sending, for a rehearsal: the client composes and signs the request, so
 * that what it needs for that is loaded, and nothing leaves the process. The adapters' clients must
 * be those of {@link Clients}.
 */
public final class Unsent {

  /** Bound in a thread while its calls are not to be sent. */
  private static final ScopedValue<Boolean> REHEARSED = ScopedValue.newInstance();

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
      rehearse(() -> stream.append(envelope));
      return AppendOutcome.APPENDED;
    };
  }

  private static void rehearse(Supplier<?> call) {
    try {
      var _ = ScopedValue.where(REHEARSED, true).call(call::get);
    } catch (StoreUnavailableException e) {
      // As a read has to end: what was not asked was not answered.
    }
  }

  /** Of a client: has the call of a rehearsal end as if there was no connection to send it by. */
  static final class Interceptor implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission call, ExecutionAttributes attributes) {
      if (REHEARSED.isBound()) {
        throw SdkClientException.create("a call of a rehearsal is not sent");
      }
    }
  }

  /** Rehearses what {@link DynamoStore} does in the caller's thread, where the binding is seen. */
  private static final class UnsentStore extends ForwardingStore {

    private final DynamoStore unsent;

    UnsentStore(DynamoStore unsent, Store answers) {
      super(answers);
      this.unsent = unsent;
    }

    @Override
    public Map<Key, Item> get(Collection<Key> keys) {
      rehearse(() -> unsent.get(keys));
      return super.get(keys);
    }

    @Override
    public Page query(Query query) {
      rehearse(() -> unsent.query(query));
      return super.query(query);
    }

    @Override
    public WriteOutcome transact(List<? extends Write> writes) {
      rehearse(() -> unsent.transact(writes));
      return super.transact(writes);
    }
  }
}
