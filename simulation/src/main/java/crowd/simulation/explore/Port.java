package crowd.simulation.explore;

import crowd.core.run.Pause;
import crowd.core.store.Condition;
import crowd.core.store.IndexPage;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Page;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a process sees of the world: the replies that it has had, in order. The step behind the
 * last of them ends the run.
 */
final class Port implements Store, Stream, InstantSource, Pause {

  private final List<Heard> heard;
  private final int pageSize;
  private long now;
  private int next;
  private boolean isTimed;

  /**
   * @param began when it began
   * @param pageSize most items of a page of a partition
   */
  Port(long began, List<Heard> heard, int pageSize) {
    this.now = began;
    this.heard = List.copyOf(heard);
    this.pageSize = pageSize;
  }

  /**
   * A step that was made.
   *
   * @param time from which on the process ran, to its next step
   */
  record Heard(Call call, Reply reply, long time) {}

  private Reply ask(Call call) {
    if (next == heard.size()) {
      throw new Suspended(call);
    }
    var one = heard.get(next++);
    if (!one.call().equals(call)) {
      throw new IllegalStateException("not decided by its replies: " + call + ", " + one.call());
    }
    now = one.time();
    isTimed = false;
    return one.reply();
  }

  private Reply answered(Call call) {
    var reply = ask(call);
    if (reply instanceof Reply.Unanswered) {
      throw new StoreUnavailableException("the store did not answer a read");
    }
    return reply;
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys) {
    var found = new HashMap<Key, Item>();
    for (var key : keys) {
      if (answered(new Call.Get(key)) instanceof Reply.Found(var item) && item != null) {
        found.put(key, item);
      }
    }
    return found;
  }

  @Override
  public Page query(Query query) {
    var asked =
        new Query(
            query.pk(),
            query.from(),
            query.to(),
            query.descending(),
            query.after(),
            Math.min(query.limit(), pageSize));
    if (answered(new Call.Read(asked)) instanceof Reply.Paged(var page)) {
      return page;
    }
    throw new IllegalStateException("not a page");
  }

  @Override
  public IndexPage query(IndexQuery query) {
    if (answered(new Call.ReadIndex(query)) instanceof Reply.Indexed(var page)) {
      return page;
    }
    throw new IllegalStateException("not a page of an index");
  }

  @Override
  public List<WriteOutcome> write(List<? extends Write> writes) {
    var outcomes = new ArrayList<WriteOutcome>();
    for (var write : writes) {
      outcomes.add(ended(new Call.Change(write)));
    }
    return List.copyOf(outcomes);
  }

  @Override
  public WriteOutcome transact(List<? extends Write> writes) {
    return ended(new Call.Transact(List.copyOf(writes)));
  }

  @Override
  public List<Item> putAll(List<Item> items) {
    var left = new ArrayList<Item>();
    for (var item : items) {
      if (!ended(new Call.Change(new Write.Put(item, Condition.ALWAYS)))
          .equals(WriteOutcome.WRITTEN)) {
        left.add(item);
      }
    }
    return List.copyOf(left);
  }

  private WriteOutcome ended(Call call) {
    if (ask(call) instanceof Reply.Ended(var outcome)) {
      return outcome;
    }
    throw new IllegalStateException("not the end of a write");
  }

  @Override
  public AppendOutcome append(Envelope envelope) {
    var record = new String(EnvelopeJson.writeRecord(envelope), StandardCharsets.UTF_8);
    if (ask(new Call.Append(record)) instanceof Reply.Appended(var outcome)) {
      return outcome;
    }
    throw new IllegalStateException("not the end of an append");
  }

  @Override
  public void after(int failures) {
    ask(new Call.BackOff());
  }

  @Override
  public Instant instant() {
    isTimed = true;
    return Instant.ofEpochMilli(now);
  }

  /** Whether the process has looked at the clock since its last step. */
  boolean isTimed() {
    return isTimed;
  }

  /** The last step of all. */
  void end(Answer answer) {
    ask(new Call.End(answer));
  }
}
