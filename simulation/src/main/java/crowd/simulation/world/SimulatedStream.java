package crowd.simulation.world;

import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.Stream;
import crowd.simulation.oracle.Attempt;
import crowd.simulation.schedule.Scheduler;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bag of records: every order of delivery that a real stream has, with any number of shards and
 * consumers, is an order of taking from it.
 */
final class SimulatedStream implements Stream {

  private final Scheduler scheduler;
  private final Chaos chaos;
  private final Branches branches;
  private final Watch watch;
  private final IdentityHashMap<Message, Attempt> parsed = new IdentityHashMap<>();
  private final List<StreamRecord> records = new ArrayList<>();
  private final List<StreamRecord> all = new ArrayList<>();
  private int appended;

  SimulatedStream(Scheduler scheduler, Chaos chaos, Branches branches, Watch watch) {
    this.scheduler = scheduler;
    this.chaos = chaos;
    this.branches = branches;
    this.watch = watch;
  }

  /** Says which attempt a message of a coming envelope is of. */
  void expect(Message message, Attempt attempt) {
    parsed.put(message, attempt);
  }

  @Override
  public AppendOutcome append(Envelope envelope) {
    var attempts = new ArrayList<Attempt>();
    for (var message : envelope.messages()) {
      var attempt = attempt(message);
      if (attempt != null) {
        attempts.add(attempt);
      }
    }
    return append(EnvelopeJson.writeRecord(envelope), attempts);
  }

  private @Nullable Attempt attempt(Message message) {
    return message.type() == MessageType.ALIAS ? ofAlias(message) : parsed.get(message);
  }

  /** An alias goes on the stream as a claim, with the id that it is about. */
  private @Nullable Attempt ofAlias(Message claim) {
    for (var one : parsed.entrySet()) {
      if (one.getKey().type() == MessageType.ALIAS
          && one.getKey().in(claim.anonymous().orElseThrow()).equals(claim)) {
        return one.getValue();
      }
    }
    return null;
  }

  AppendOutcome append(byte[] bytes, List<Attempt> attempts) {
    scheduler.pause();
    scheduler.note("append", attempts.size() + " messages");
    if (chaos.happens(FaultKind.APPEND)) {
      return fail(bytes, attempts);
    }
    var strand = scheduler.current();
    if (strand != null) {
      watch.appended(strand.invocation());
    }
    add(bytes, attempts);
    return AppendOutcome.APPENDED;
  }

  private AppendOutcome fail(byte[] bytes, List<Attempt> attempts) {
    return switch (chaos.next(3)) {
      case 0 -> {
        branches.reached(Branch.APPEND_THROTTLED);
        yield AppendOutcome.THROTTLED;
      }
      case 1 -> {
        branches.reached(Branch.APPEND_LOST);
        yield AppendOutcome.UNKNOWN;
      }
      default -> {
        branches.reached(Branch.APPEND_UNANSWERED);
        add(bytes, attempts);
        yield AppendOutcome.UNKNOWN;
      }
    };
  }

  /** Puts a record on the stream, whatever the chaos. */
  StreamRecord add(byte[] bytes, List<Attempt> attempts) {
    var record = new StreamRecord("s" + appended++, scheduler.now(), bytes, attempts);
    records.add(record);
    all.add(record);
    return record;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Takes one to four records, any of them. */
  List<StreamRecord> take() {
    var taken = new ArrayList<StreamRecord>();
    for (int left = 1 + chaos.next(4); left > 0 && !records.isEmpty(); left--) {
      var record = records.remove(chaos.next(records.size()));
      record.delivered();
      taken.add(record);
    }
    return taken;
  }

  void putBack(List<StreamRecord> again) {
    records.addAll(again);
  }

  /** All records that were ever on it. */
  List<StreamRecord> all() {
    return all;
  }
}
