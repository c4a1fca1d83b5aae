package crowd.simulation.explore;

import crowd.core.store.Condition;
import crowd.core.store.IndexPage;
import crowd.core.store.IndexQuery;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.stream.AppendOutcome;
import crowd.simulation.explore.Past.OnStream;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.schedule.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What can happen in a scenario, and what comes of it.
 *
 * <p>Time stands still but for two things: a client who asks again does so a millisecond later, and
 * when nobody runs, the time comes at which the next work is due.
 *
 * <p>Steps that need no choice are made at once, with the step before them:
 *
 * <ul>
 *   <li>a read of a bucket of the index in which no work of the scenario can wait: its answer is
 *       the same at all times;
 *   <li>a write to the directory where no rule looks at it: nobody reads it, and the writer goes on
 *       alike whether its condition holds or not;
 *   <li>the end of a back-off: what comes next is a step anyway.
 * </ul>
 *
 * <p>A write that meets a transaction answers {@code Conflict} once; then its process waits until
 * no transaction is under way. Else it would meet the same one again and again, without end.
 */
final class World {

  private static final long BEFORE = 1_000;
  private static final Reply CONFLICT = new Reply.Ended(WriteOutcome.CONFLICT);

  private final Scenario scenario;
  private final Scenario.Limits limits;
  private final Places places;
  private final Tables tables;
  private final Interner<Talk> talks = new Interner<>();
  private final Interner<OnStream> records = new Interner<>();
  private final Map<Long, Optional<Violation>> judged = new HashMap<>();
  private final int noEntries;
  private final int resumed;
  private Optional<Violation> found = Optional.empty();

  /**
   * @param around what stands between the use cases and the store
   */
  World(Scenario scenario, UnaryOperator<Store> around) {
    this.scenario = scenario;
    this.limits = scenario.limits();
    this.places = new Places(around, limits.pageSize());
    this.tables = new Tables(places, Scenario.BUCKET);
    this.noEntries = tables.number(new Reply.Indexed(new IndexPage(List.of(), null)));
    this.resumed = tables.number(new Reply.Resumed());
  }

  /** The state from which all begins. */
  State begin() {
    var asks = scenario.all();
    var numbers = new int[asks.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = talks.number(new Talk(asks.get(i), List.of()));
    }
    var state =
        new State(tables.empty(), Scheduler.START, 0, 0, 0, 0, numbers, new long[0], new int[0]);
    for (int i = 0; i < scenario.before().size(); i++) {
      state = alone(state, i);
    }
    var draft = new Draft(state);
    draft.now += BEFORE;
    draft.crashes = limits.crashes();
    draft.duplicates = limits.duplicates();
    draft.failures = limits.failures();
    draft.reconcilers = limits.reconcilers();
    for (int i = scenario.before().size(); i < numbers.length; i++) {
      send(draft, i);
    }
    return draft.state();
  }

  /** One ask from its beginning to its end, with what it leaves to the consumer. */
  private State alone(State before, int ask) {
    var draft = new Draft(before);
    draft.now += BEFORE;
    send(draft, ask);
    var state = draft.state();
    while (state.running() > 0) {
      state = after(state, new Move(Move.Kind.STEP, 0, shownNext(state.running(0))));
    }
    return state;
  }

  private static int shownNext(long process) {
    return Integer.numberOfTrailingZeros(~Running.shown(process));
  }

  /** A violation by the last move. */
  Optional<Violation> found() {
    return found;
  }

  int placesSeen() {
    return places.size();
  }

  int tablesSeen() {
    return tables.size();
  }

  /** All that can happen; nothing only if all has come to rest, see {@link #atRest}. */
  List<Move> moves(State state) {
    var moves = new ArrayList<Move>();
    boolean isAnyUnderWay = isAnyUnderWay(state);
    for (int i = 0; i < state.running(); i++) {
      moves(state, i, isAnyUnderWay, moves);
    }
    if (state.reconcilers > 0
        && state.running() > 0
        && tables.due(state.table) <= state.now + UseCases.AHEAD.toMillis()) {
      moves.add(new Move(Move.Kind.RECONCILE, 0, 0));
    }
    if (state.duplicates > 0) {
      for (int i = 0; i < state.done(); i++) {
        moves.add(new Move(Move.Kind.DUPLICATE, i, 0));
      }
    }
    if (state.running() == 0 && tables.due(state.table) != Long.MAX_VALUE) {
      moves.add(new Move(Move.Kind.LATER, 0, 0));
    }
    return moves;
  }

  private void moves(State state, int i, boolean isAnyUnderWay, List<Move> moves) {
    long process = state.running(i);
    if (i > 0 && process == state.running(i - 1)) {
      return;
    }
    var place = places.get(Running.place(process));
    if (!isAnyUnderWay || !wasInTheWay(place)) {
      steps(process, i, moves);
    }
    if (Running.isGone(process)) {
      return;
    }
    if (state.crashes > 0 && !place.isAtBeginning()) {
      moves.add(new Move(Move.Kind.CRASH, i, 0));
    }
    if (state.failures > 0 && Running.shown(process) == 0) {
      failures(place, i, moves);
    }
  }

  /** Whether the last step met a transaction: the process waits until none is under way. */
  private boolean wasInTheWay(Place place) {
    var last = place.reply() instanceof Reply.Resumed ? places.get(place.before()) : place;
    return CONFLICT.equals(last.reply());
  }

  private void steps(long process, int i, List<Move> moves) {
    switch (places.get(Running.place(process)).call()) {
      case Call.Transact(var writes) -> {
        for (int write = shownNext(process); write < writes.size(); write++) {
          if ((Running.shown(process) & 1 << write) == 0) {
            moves.add(new Move(Move.Kind.STEP, i, write));
            if (!limits.inAnyOrder()) {
              break;
            }
          }
        }
      }
      default -> moves.add(new Move(Move.Kind.STEP, i, 0));
    }
  }

  private static void failures(Place place, int i, List<Move> moves) {
    switch (place.call()) {
      case Call.Get _, Call.Read _, Call.ReadIndex _ -> moves.add(new Move(Move.Kind.FAIL, i, 0));
      case Call.Change _, Call.Transact _, Call.Append _ -> {
        moves.add(new Move(Move.Kind.FAIL, i, 0));
        moves.add(new Move(Move.Kind.FAIL, i, 1));
      }
      case Call.BackOff _, Call.End _ -> {}
    }
  }

  /** Whether nobody runs and no work waits. */
  boolean atRest(State state) {
    return state.running() == 0 && tables.due(state.table) == Long.MAX_VALUE;
  }

  /** What the rules say of a state at rest. */
  Optional<Violation> ended(State state) {
    return judged.computeIfAbsent(
        Trace.mix(state.pastHash(), state.table),
        _ -> {
          try {
            return scenario
                .rules()
                .ended(past(state), tables.rows(state.table), tables.store(state.table));
          } catch (RuntimeException e) {
            return Optional.of(new Violation(Kind.OTHER, "a reader threw " + e));
          }
        });
  }

  private Past past(State state) {
    var said = new ArrayList<Talk>();
    for (int talk : state.talks()) {
      said.add(talks.get(talk));
    }
    var done = new HashSet<OnStream>();
    for (int i = 0; i < state.done(); i++) {
      done.add(records.get(state.done(i)));
    }
    return new Past(said, done);
  }

  State after(State state, Move move) {
    found = Optional.empty();
    var draft = new Draft(state);
    switch (move.kind()) {
      case STEP -> step(draft, draft.take(move.which()), move.how());
      case CRASH -> {
        draft.crashes--;
        crash(draft, draft.take(move.which()));
      }
      case FAIL -> {
        draft.failures--;
        fail(draft, draft.take(move.which()), move.how());
      }
      case RECONCILE -> {
        draft.reconcilers--;
        reconcile(draft, -1);
      }
      case DUPLICATE -> {
        draft.duplicates--;
        deliver(draft, state.done(move.which()));
      }
      case LATER -> {
        draft.now = Math.max(draft.now, tables.due(state.table) - UseCases.AHEAD.toMillis());
        reconcile(draft, state.table);
      }
    }
    return draft.state();
  }

  private void step(Draft draft, long process, int how) {
    int place = Running.place(process);
    var at = places.get(place);
    switch (at.call()) {
      case Call.End(var answer) -> end(draft, at.program(), answer);
      case Call.Append(var text) -> {
        append(draft, at.program(), text);
        goOn(draft, place, new Reply.Appended(AppendOutcome.APPENDED));
      }
      case Call.BackOff _ -> throw new IllegalStateException("goes on by itself");
      case Call.Get _, Call.Read _, Call.ReadIndex _ ->
          goOn(draft, place, tables.effect(draft.table, at.number()).reply());
      case Call.Change _ -> {
        if (isInTheWay(draft, at.number())) {
          answer(draft, process, CONFLICT);
        } else {
          var effect = tables.effect(draft.table, at.number());
          change(draft, at.number(), effect.table());
          answer(draft, process, tables.reply(effect.reply()));
        }
      }
      case Call.Transact(var writes) -> transact(draft, process, writes, how);
    }
  }

  private void transact(Draft draft, long process, List<Write> writes, int how) {
    int call = places.get(Running.place(process)).number();
    if (Running.shown(process) == 0) {
      if (isInTheWay(draft, call)) {
        answer(draft, process, CONFLICT);
        return;
      }
      var reply = tables.reply(tables.effect(draft.table, call).reply());
      if (!reply.equals(new Reply.Ended(WriteOutcome.WRITTEN))) {
        answer(draft, process, reply);
        return;
      }
    }
    change(draft, call, tables.shown(draft.table, writes.get(how)));
    long next = Running.withShown(process, how);
    if (Integer.bitCount(Running.shown(next)) == writes.size()) {
      answer(draft, next, new Reply.Ended(WriteOutcome.WRITTEN));
    } else {
      draft.add(next);
    }
  }

  /** Unless nobody is there any more to hear it. */
  private void answer(Draft draft, long process, Reply reply) {
    if (!Running.isGone(process)) {
      goOn(draft, Running.place(process), reply);
    }
  }

  private void fail(Draft draft, long process, int how) {
    int place = Running.place(process);
    var at = places.get(place);
    switch (at.call()) {
      case Call.Get _, Call.Read _, Call.ReadIndex _ -> goOn(draft, place, new Reply.Unanswered());
      case Call.Append(var text) -> {
        if (how == 1) {
          append(draft, at.program(), text);
        }
        goOn(draft, place, new Reply.Appended(AppendOutcome.UNKNOWN));
      }
      case Call.Change _, Call.Transact _ -> {
        if (how == 1) {
          // It may take effect at once or later, as long as anybody runs.
          draft.add(Running.gone(process));
        }
        goOn(draft, place, new Reply.Ended(WriteOutcome.UNKNOWN));
      }
      case Call.BackOff _, Call.End _ -> throw new IllegalStateException("cannot fail");
    }
  }

  /** Whether a transaction is under way that writes what the call writes. */
  private boolean isInTheWay(Draft draft, int call) {
    for (int i = 0; i < draft.running(); i++) {
      if (Running.shown(draft.running(i)) != 0) {
        for (var key : written(draft.running(i))) {
          if (places.written(call).contains(key)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private java.util.Set<Key> written(long process) {
    return places.written(places.get(Running.place(process)).number());
  }

  private static boolean isAnyUnderWay(State state) {
    for (int i = 0; i < state.running(); i++) {
      if (Running.shown(state.running(i)) != 0) {
        return true;
      }
    }
    return false;
  }

  private void change(Draft draft, int call, int after) {
    int before = draft.table;
    draft.table = after;
    if (before == after) {
      return;
    }
    for (var key : places.written(call)) {
      int id = key.pk().indexOf("#a#");
      if (id >= 0 && key.sk().equals("@")) {
        var old = tables.row(before, key);
        var now = tables.row(after, key);
        if (old == null ? now != null : !old.equals(now)) {
          var browser = new Browser(key.pk().substring(0, id), key.pk().substring(id + 3));
          var past = draft.state();
          judge(
              Trace.mix(Trace.mix(past.pastHash(), before), after + 7L),
              () -> scenario.rules().changed(browser, old, now, past(past)));
        }
      }
    }
  }

  private void judge(long number, java.util.function.Supplier<Optional<Violation>> rule) {
    var verdict = judged.get(number);
    if (verdict == null) {
      verdict = rule.get();
      judged.put(number, verdict);
    }
    if (found.isEmpty()) {
      found = verdict;
    }
  }

  private void append(Draft draft, Program by, String text) {
    if (by instanceof Program.Client client) {
      deliver(draft, records.number(new OnStream(client.place(), client.attempt(), text)));
    } else {
      throw new IllegalStateException("only clients append");
    }
  }

  private void deliver(Draft draft, int record) {
    var of = records.get(record);
    var about = scenario.all().get(of.ask()).toString();
    arrive(
        draft,
        places.beginning(
            new Program.Consume(record, of.attempt() == 0 ? about : about + " again", of.text()),
            draft.now),
        false);
  }

  private void reconcile(Draft draft, int found) {
    arrive(draft, places.beginning(new Program.Reconcile(found), draft.now), true);
  }

  private void send(Draft draft, int ask) {
    var talk = talks.get(draft.talk(ask));
    draft.talk(ask, talks.number(talk.sent(draft.now)));
    var program = new Program.Client(ask, talk.ask(), talk.sent().size(), draft.now);
    arrive(draft, places.beginning(program, draft.now), false);
  }

  private void again(Draft draft, int ask) {
    draft.now++;
    send(draft, ask);
  }

  private void crash(Draft draft, long process) {
    if (Running.shown(process) != 0) {
      draft.add(Running.gone(process));
    }
    switch (places.get(Running.place(process)).program()) {
      case Program.Client client -> again(draft, client.place());
      case Program.Consume consume -> deliver(draft, consume.record());
      case Program.Reconcile _ -> {}
    }
  }

  private void end(Draft draft, Program program, Answer answer) {
    switch (program) {
      case Program.Client client -> {
        var talk = talks.get(draft.talk(client.place())).answered(answer);
        draft.talk(client.place(), talks.number(talk));
        judgeAnswer(draft, client.place());
        if (!answer.isComplete()) {
          again(draft, client.place());
        }
      }
      case Program.Consume consume -> {
        if (answer.isComplete()) {
          draft.done(consume.record());
        } else {
          deliver(draft, consume.record());
        }
      }
      case Program.Reconcile(var wasFound) -> {
        if (wasFound == draft.table && draft.running() == 0) {
          found = Optional.of(new Violation(Kind.OTHER, "the world does not come to rest"));
        }
      }
    }
  }

  /**
   * While a transaction that decides about an id is half visible, a reader may see the owner before
   * the link; the identify whose transaction it is has not answered then.
   */
  private void judgeAnswer(Draft draft, int ask) {
    for (int i = 0; i < draft.running(); i++) {
      if (Running.shown(draft.running(i)) != 0
          && written(draft.running(i)).stream().anyMatch(key -> key.pk().contains("#a#"))) {
        return;
      }
    }
    var now = draft.state();
    judge(
        Trace.mix(Trace.mix(now.pastHash(), now.table), ask + 11L),
        () ->
            scenario
                .rules()
                .answered(ask, past(now), tables.rows(now.table), tables.store(now.table)));
  }

  private void goOn(Draft draft, int place, Reply reply) {
    goOn(draft, place, tables.number(reply));
  }

  private void goOn(Draft draft, int place, int reply) {
    arrive(draft, places.after(place, reply, tables.reply(reply), draft.now), false);
  }

  /**
   * A process comes to a place, and goes on for as long as that needs no choice.
   *
   * @param looks whether it reads the index now: a reconciler that begins
   */
  private void arrive(Draft draft, int first, boolean looks) {
    int place = first;
    boolean reads = looks;
    while (true) {
      var at = places.get(place);
      int reply;
      if (at.call() instanceof Call.ReadIndex(var query) && isEmptyForEver(query)) {
        reply = noEntries;
      } else if (at.call() instanceof Call.ReadIndex && reads) {
        reads = false;
        reply = tables.effect(draft.table, at.number()).reply();
      } else if (at.call() instanceof Call.Change(var write) && isUnseen(write.key())) {
        var effect = tables.effect(draft.table, at.number());
        draft.table = effect.table();
        reply = effect.reply();
      } else if (at.call() instanceof Call.BackOff) {
        reply = resumed;
      } else if (at.call() instanceof Call.End(var answer)
          && at.program() instanceof Program.Reconcile) {
        end(draft, at.program(), answer);
        return;
      } else {
        draft.add(Running.at(place));
        return;
      }
      place = places.after(place, reply, tables.reply(reply), draft.now);
    }
  }

  private static boolean isEmptyForEver(IndexQuery query) {
    return !query.hash().equals(Scenario.BUCKET);
  }

  private boolean isUnseen(Key key) {
    return !limits.keepsDirectory() && key.pk().contains("#d#");
  }

  /** What a move is, for people. */
  String tell(State before, Move move) {
    if (move.kind() == Move.Kind.LATER) {
      return "later     nobody runs; the reconciler begins when the work is due";
    }
    if (move.kind() == Move.Kind.RECONCILE) {
      return "begins    reconciler";
    }
    if (move.kind() == Move.Kind.DUPLICATE) {
      var record = records.get(before.done(move.which()));
      return "once more " + scenario.all().get(record.ask());
    }
    long process = before.running(move.which());
    var at = places.get(Running.place(process));
    var who = at.program().name() + (Running.isGone(process) ? " (gone)" : "");
    return switch (move.kind()) {
      case CRASH -> "crash     " + who + ", before: " + tell(at.call(), 0);
      case FAIL ->
          "fails     "
              + who
              + ": "
              + tell(at.call(), 0)
              + (move.how() == 1 ? ", and yet takes effect" : "");
      default ->
          "          " + who + ": " + tell(at.call(), move.how()) + outcome(before, at, process);
    };
  }

  private String outcome(State before, Place at, long process) {
    return switch (at.call()) {
      case Call.Get _, Call.Read _ ->
          " -> " + tell(tables.reply(tables.effect(before.table, at.number()).reply()));
      case Call.Change _ -> {
        boolean isBlocked = isInTheWay(new Draft(before), at.number());
        yield " -> "
            + (isBlocked
                ? "Conflict"
                : tell(tables.reply(tables.effect(before.table, at.number()).reply())));
      }
      case Call.Transact _ -> {
        if (Running.shown(process) != 0) {
          yield "";
        }
        boolean isBlocked = isInTheWay(new Draft(before), at.number());
        yield " -> "
            + (isBlocked
                ? "Conflict"
                : tell(tables.reply(tables.effect(before.table, at.number()).reply())));
      }
      default -> "";
    };
  }

  private static String tell(Call call, int how) {
    return switch (call) {
      case Call.Get(var key) -> "get " + tell(key);
      case Call.Read(var query) -> "query " + query.pk() + " " + query.from();
      case Call.ReadIndex(var query) -> "index " + query.hash();
      case Call.Change(var write) -> tell(write);
      case Call.Transact(var writes) ->
          "transaction " + (how + 1) + "/" + writes.size() + " " + tell(writes.get(how));
      case Call.Append _ -> "append";
      case Call.BackOff _ -> "back off";
      case Call.End(var answer) -> "answers " + answer.word();
    };
  }

  private static String tell(Key key) {
    return key.pk() + " " + key.sk();
  }

  private static String tell(Write write) {
    return switch (write) {
      case Write.Put(var item, Condition.Always()) -> "put " + tell(item.key());
      case Write.Put(var item, var condition) -> "put " + tell(item.key()) + " if " + condition;
      case Write.Delete(var key, var condition) -> "delete " + tell(key) + " if " + condition;
    };
  }

  private static String tell(Reply reply) {
    return switch (reply) {
      case Reply.Found(var item) ->
          item == null
              ? "nothing"
              : item.attributes().keySet().contains("body") ? "there" : brief(item);
      case Reply.Paged(var page) ->
          page.items().stream().map(item -> item.key().sk()).toList().toString();
      case Reply.Ended(var outcome) -> outcome.getClass().getSimpleName();
      default -> "";
    };
  }

  private static String brief(crowd.core.store.@Nullable Item item) {
    var text = new StringBuilder();
    if (item != null) {
      for (var name : List.of("rev", "epoch", "owner", "copies", "phase", "merged_into")) {
        var value = item.attributes().get(name);
        if (value != null) {
          text.append(text.isEmpty() ? "" : " ").append(name).append('=');
          text.append(item.text(name).orElseGet(() -> Long.toString(item.whole(name).orElse(0))));
        }
      }
    }
    return text.toString();
  }
}
