package crowd.simulation.explore;

import crowd.core.store.IndexPage;
import crowd.core.store.IndexQuery;
import crowd.core.store.Key;
import crowd.core.store.Page;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.stream.AppendOutcome;
import crowd.simulation.explore.Past.OnStream;
import crowd.simulation.explore.Scenario.Appearance;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.workload.SentMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What can happen in a scenario, and what comes of it.
 *
 * <p><b>Reads.</b> A read changes nothing, and its answer is the same until somebody writes what it
 * reads. So every history can be told with each read either just before the next other step of its
 * own process, or just before a write of what it reads; the other steps keep their order, and every
 * process sees the same. Only histories that are told so are gone through: a move is a step that is
 * no read, with the reads of its own process before it, and for each other process with none or
 * some of its next reads, the last of them one that the step overtakes.
 *
 * <p><b>Time</b> stands still but for two things: a client who asks again does so a millisecond
 * later, and when nobody runs, the time comes at which the next work is due. A read behind which
 * the clock is looked at counts as a read of the time.
 *
 * <p><b>Transactions.</b> Their writes appear one after another. A write that meets one under way
 * answers {@code Conflict} once; then its process waits until it would meet it no more. Else it
 * would meet the same one again and again, without end.
 *
 * <p>Steps that need no choice are made at once, with the step before them:
 *
 * <ul>
 *   <li>a read of a bucket of the index in which no work of the scenario can wait, or of the
 *       quarantine: its answer is the same at all times;
 *   <li>a write to the directory where no rule looks at it: nobody reads it, and the writer goes on
 *       alike whether its condition holds or not; those of a transaction appear with the first of
 *       its other items;
 *   <li>the end of a back-off, and of a run of the reconciler.
 * </ul>
 */
final class World {

  /**
   * How far ahead the reconciler's clock is: work that is due a little later is found by it at any
   * time. Less than what the late sweeps wait for.
   */
  static final Duration AHEAD = Duration.ofMinutes(3);

  /** How the partitions begin of records that cannot be decoded: no scenario has one. */
  private static final String QUARANTINE = "_#q#";

  private static final long BEFORE = 1_000;
  private static final Reply CONFLICT = new Reply.Ended(WriteOutcome.CONFLICT);
  private static final Reply WRITTEN = new Reply.Ended(WriteOutcome.WRITTEN);

  private final Scenario scenario;
  private final Scenario.Limits limits;
  private final Places places;
  private final Tables tables;
  private final Interner<Talk> talks = new Interner<>();
  private final Interner<OnStream> records = new Interner<>();
  private final Judge judge;
  private final int noEntries;
  private final int noItems;
  private final int resumed;
  private Optional<Violation> found = Optional.empty();
  private @Nullable Told told;

  /**
   * @param around what stands between the use cases and the store
   */
  World(Scenario scenario, UnaryOperator<Store> around) {
    this.scenario = scenario;
    this.limits = scenario.limits();
    this.places = new Places(around, Scenario.PAGE);
    this.tables = new Tables(places, Scenario.BUCKET);
    this.judge = new Judge(scenario.rules(), tables, talks, records);
    this.noEntries = tables.number(new Reply.Indexed(new IndexPage(List.of(), null)));
    this.noItems = tables.number(new Reply.Paged(new Page(List.of(), null)));
    this.resumed = tables.number(new Reply.Resumed());
  }

  /** Is told of every move. */
  interface Sink {

    /**
     * @param broken by the move itself
     * @return whether to go on
     */
    boolean next(Move move, State after, Optional<Violation> broken);
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
    return draft.state(places);
  }

  /** One ask from its beginning to its end, with what it leaves to the consumer. */
  private State alone(State before, int ask) {
    var draft = new Draft(before);
    draft.now += BEFORE;
    send(draft, ask);
    var state = draft.state(places);
    while (state.running() > 0) {
      state = after(state, Move.of(Move.Kind.STEP, 0, firstHidden(state.running(0))));
    }
    return state;
  }

  private static int firstHidden(long process) {
    return Integer.numberOfTrailingZeros(~Running.shown(process));
  }

  int placesSeen() {
    return places.size();
  }

  int tablesSeen() {
    return tables.size();
  }

  /** Whether nobody runs and no work waits. */
  boolean atRest(State state) {
    return state.running() == 0 && tables.due(state.table) == Long.MAX_VALUE;
  }

  /** What the rules say of a state at rest. */
  Optional<Violation> ended(State state) {
    return judge.ended(state);
  }

  /** The state after a move. */
  State after(State state, Move move) {
    return play(state, move).state(places);
  }

  /** The same, with every step of it. */
  State after(State state, Move move, Told into) {
    told = into;
    try {
      return after(state, move);
    } finally {
      told = null;
    }
  }

  /** Makes every move. Nothing if the world is at rest, or nobody can go on. */
  void forEach(State state, Sink sink) {
    for (var move : plain(state)) {
      var draft = play(state, move);
      var after = draft.state(places);
      boolean isIdle =
          move.kind() == Move.Kind.RECONCILE
              && after.table == state.table
              && after.running() == state.running();
      if (!isIdle && !sink.next(move, after, found)) {
        return;
      }
      if (!goesOn(state, move, overtakers(state, move, after), 0, sink)) {
        return;
      }
    }
  }

  /** The process {@code index} may do so many reads before the move. */
  private record Overtaker(int index, List<Integer> reads) {}

  private boolean goesOn(State state, Move move, List<Overtaker> overtakers, int next, Sink sink) {
    if (next == overtakers.size()) {
      if (move.ahead() == 0) {
        return true;
      }
      var after = play(state, move).state(places);
      return sink.next(move, after, found);
    }
    if (!goesOn(state, move, overtakers, next + 1, sink)) {
      return false;
    }
    var overtaker = overtakers.get(next);
    for (int reads : overtaker.reads()) {
      var ahead = move.withAhead(overtaker.index(), reads);
      if (!goesOn(state, ahead, overtakers, next + 1, sink)) {
        return false;
      }
    }
    return true;
  }

  private List<Overtaker> overtakers(State state, Move move, State after) {
    var changed = tables.changed(state.table, after.table);
    boolean ticks = after.now != state.now;
    var overtakers = new ArrayList<Overtaker>();
    if (changed.isEmpty() && !ticks) {
      return overtakers;
    }
    boolean isByOne = move.kind() != Move.Kind.RECONCILE && move.kind() != Move.Kind.DUPLICATE;
    var scratch = new Draft(state);
    for (int i = 0; i < state.running(); i++) {
      long process = state.running(i);
      if ((!isByOne || i != move.which()) && isFree(scratch, process)) {
        add(overtakers, i, reads(state, Running.place(process), changed, ticks));
      }
    }
    if (move.kind() != Move.Kind.RECONCILE && mayReconcile(state)) {
      int place = settle(scratch, reconciler(state.now, -1, 0));
      add(overtakers, state.running(), reads(state, place, changed, ticks));
    }
    return overtakers;
  }

  private static void add(List<Overtaker> overtakers, int index, List<Integer> reads) {
    if (!reads.isEmpty()) {
      overtakers.add(new Overtaker(index, reads));
    }
  }

  /** After how many reads a process has read what is going to change. */
  private List<Integer> reads(State state, int first, Set<Key> changed, boolean ticks) {
    var draft = new Draft(state);
    var counts = new ArrayList<Integer>();
    int place = first;
    for (int count = 1; place >= 0 && places.get(place).reads(); count++) {
      boolean isChanged = Tables.reads(places.get(place).call(), changed);
      place = read(draft, place);
      if (isChanged || (ticks && place >= 0 && places.get(place).isTimed())) {
        counts.add(count);
      }
    }
    return counts;
  }

  private boolean mayReconcile(State state) {
    return state.reconcilers > 0
        && state.running() > 0
        && tables.due(state.table) <= state.now + AHEAD.toMillis();
  }

  /** Whether a process can go on, and is not within a transaction. */
  private boolean isFree(Draft draft, long process) {
    return !Running.isGone(process)
        && Running.shown(process) == 0
        && !isWaiting(draft, Running.place(process));
  }

  /** Whether its last write met a transaction that is still under way. */
  private boolean isWaiting(Draft draft, int place) {
    var at = places.get(place);
    while (at.reply() instanceof Reply.Resumed) {
      at = places.get(at.before());
    }
    return CONFLICT.equals(at.reply()) && isInTheWay(draft, places.get(at.before()).number());
  }

  /** All moves, with nobody's reads ahead. */
  private List<Move> plain(State state) {
    var moves = new ArrayList<Move>();
    if (state.crashes == 0 && state.failures == 0) {
      for (int i = 0; i < state.running(); i++) {
        if (isIndifferent(state, state.running(i))) {
          return List.of(Move.of(Move.Kind.STEP, i, 0));
        }
      }
    }
    for (int i = 0; i < state.running(); i++) {
      if (i == 0 || state.running(i) != state.running(i - 1)) {
        plain(state, i, moves);
      }
    }
    if (mayReconcile(state)) {
      var scratch = new Draft(state);
      writes(scratch, Move.Kind.RECONCILE, 0, settle(scratch, reconciler(state.now, -1, 0)), moves);
    }
    if (state.duplicates > 0) {
      for (int i = 0; i < state.done(); i++) {
        moves.add(Move.of(Move.Kind.DUPLICATE, i, 0));
      }
    }
    if (state.running() == 0 && tables.due(state.table) != Long.MAX_VALUE) {
      moves.add(Move.of(Move.Kind.LATER, 0, 0));
    }
    return moves;
  }

  /**
   * Whether a process only puts its record on the stream, where no consumer has to take it, or ends
   * where no rule looks. Nobody can be in its way, nor it in anybody's, and nothing can go wrong
   * with it any more: it may as well be done now, and every other order ends in the same.
   */
  private boolean isIndifferent(State state, long process) {
    var at = places.get(Running.place(process));
    return switch (at.call()) {
      case Call.Append _ -> true;
      case Call.End(var answer) ->
          answer.isComplete()
              && (at.program() instanceof Program.Client(_, var ask, _, _)
                  ? !isWatched(ask)
                  : areAllWatchedAnswered(state));
      default -> false;
    };
  }

  /** Whether a rule looks at the world when it is answered. */
  private static boolean isWatched(Ask ask) {
    return ask.messages().stream().anyMatch(SentMessage::isClaim);
  }

  private boolean areAllWatchedAnswered(State state) {
    for (int talk : state.talks()) {
      if (isWatched(talks.get(talk).ask()) && !talks.get(talk).isDone()) {
        return false;
      }
    }
    return true;
  }

  private void plain(State state, int i, List<Move> moves) {
    long process = state.running(i);
    var place = places.get(Running.place(process));
    if (Running.isGone(process) || Running.shown(process) != 0) {
      hidden(place, Running.shown(process), Move.Kind.STEP, i, moves);
    } else if (!isWaiting(new Draft(state), Running.place(process))) {
      writes(new Draft(state), Move.Kind.STEP, i, Running.place(process), moves);
      if (state.failures > 0) {
        failures(new Draft(state), i, Running.place(process), moves);
      }
    }
    boolean isHere = !Running.isGone(process);
    // A crash before the first step is as if the client had asked later, and else as if not begun.
    boolean isNothing = place.isAtBeginning() && !(place.program() instanceof Program.Client);
    if (isHere && state.crashes > 0 && !isNothing) {
      moves.add(Move.of(Move.Kind.CRASH, i, 0));
    }
  }

  /** The step that comes behind the reads. */
  private void writes(Draft scratch, Move.Kind kind, int i, int first, List<Move> moves) {
    int place = readAll(scratch, first);
    if (place < 0) {
      moves.add(Move.of(kind, i, 0));
    } else {
      hidden(places.get(place), 0, kind, i, moves);
    }
  }

  private void hidden(Place place, int shown, Move.Kind kind, int i, List<Move> moves) {
    var transaction = place.call() instanceof Call.Transact(var all) ? all : List.<Write>of();
    for (int write = 0; write < Math.max(1, transaction.size()); write++) {
      boolean isSeen = transaction.isEmpty() || !isUnseen(transaction.get(write).key());
      if (isSeen && (shown & 1 << write) == 0) {
        moves.add(Move.of(kind, i, write));
        if (limits.appearance() != Appearance.IN_ANY_ORDER) {
          return;
        }
      }
    }
  }

  private void failures(Draft scratch, int i, int first, List<Move> moves) {
    int place = first;
    for (int read = 0; place >= 0 && places.get(place).reads(); read++) {
      moves.add(Move.of(Move.Kind.FAIL, i, read));
      place = read(scratch, place);
    }
    if (place >= 0 && !(places.get(place).call() instanceof Call.End)) {
      moves.add(Move.of(Move.Kind.FAIL, i, Move.WITHOUT_EFFECT));
      moves.add(Move.of(Move.Kind.FAIL, i, Move.WITHOUT_ANSWER));
    }
  }

  private Draft play(State state, Move move) {
    found = Optional.empty();
    var draft = new Draft(state);
    readAhead(draft, state, move);
    switch (move.kind()) {
      case STEP -> {
        long process = draft.take(move.which());
        if (Running.isGone(process) || Running.shown(process) != 0) {
          step(draft, process, move.how());
        } else {
          stepAt(draft, readAll(draft, Running.place(process)), move.how());
        }
      }
      case CRASH -> {
        draft.crashes--;
        crash(draft, draft.take(move.which()));
      }
      case FAIL -> {
        draft.failures--;
        fail(draft, Running.place(draft.take(move.which())), move.how());
      }
      case RECONCILE -> {
        draft.reconcilers--;
        stepAt(draft, readAll(draft, settle(draft, reconciler(state.now, -1, 0))), move.how());
      }
      case DUPLICATE -> {
        draft.duplicates--;
        tell("comes once more: " + records.get(state.done(move.which())).ask());
        deliver(draft, state.done(move.which()));
      }
      case LATER -> {
        draft.now = Math.max(draft.now, tables.due(state.table) - AHEAD.toMillis());
        tell("nobody runs; the time comes at which work is due");
        arrive(draft, reconciler(draft.now, state.table, state.failures));
      }
    }
    return draft;
  }

  private void readAhead(Draft draft, State state, Move move) {
    if (move.ahead() == 0) {
      return;
    }
    for (int i = 0; i <= state.running(); i++) {
      if (move.ahead(i) > 0) {
        boolean isNew = i == state.running();
        if (isNew) {
          draft.reconcilers--;
        }
        int place =
            isNew ? settle(draft, reconciler(state.now, -1, 0)) : Running.place(draft.take(i));
        for (int count = move.ahead(i); count > 0; count--) {
          place = read(draft, place);
        }
        if (place >= 0 && isNew) {
          draft.add(Running.at(place));
        } else if (place >= 0) {
          draft.put(i, Running.at(place));
        }
      }
    }
  }

  private void tell(String what) {
    if (told != null) {
      told.add(what);
    }
  }

  private void tell(Place at, Reply reply, String more) {
    if (told != null) {
      told.step(at, reply, more);
    }
  }

  /** One read. Answers the place after it; -1 at the end. */
  private int read(Draft draft, int place) {
    var at = places.get(place);
    int reply = tables.effect(draft.table, at.number()).reply();
    tell(at, tables.reply(reply), "");
    return settle(draft, places.after(place, reply, tables.reply(reply), draft.now));
  }

  /** All reads up to a step that is none. */
  private int readAll(Draft draft, int first) {
    int place = first;
    while (place >= 0 && places.get(place).reads()) {
      place = read(draft, place);
    }
    return place;
  }

  private void stepAt(Draft draft, int place, int how) {
    if (place >= 0) {
      step(draft, Running.at(place), how);
    }
  }

  private void step(Draft draft, long process, int how) {
    int place = Running.place(process);
    var at = places.get(place);
    switch (at.call()) {
      case Call.End(var answer) -> {
        tell(at.program().name() + ": answers " + answer.words());
        end(draft, at.program(), answer);
      }
      case Call.Append(var text) -> {
        append(draft, at.program(), text);
        goOn(draft, place, new Reply.Appended(AppendOutcome.APPENDED));
      }
      case Call.Change _ -> change(draft, process, at);
      case Call.Transact(var writes) -> transact(draft, process, writes, how);
      case Call.BackOff _, Call.Get _, Call.Read _, Call.ReadIndex _ ->
          throw new IllegalStateException("goes on by itself");
    }
  }

  private void change(Draft draft, long process, Place at) {
    if (isInTheWay(draft, at.number())) {
      answer(draft, process, CONFLICT);
      return;
    }
    var effect = tables.effect(draft.table, at.number());
    become(draft, effect.table());
    answer(draft, process, tables.reply(effect.reply()));
  }

  private void transact(Draft draft, long process, List<Write> writes, int how) {
    var at = places.get(Running.place(process));
    if (Running.shown(process) == 0) {
      if (isInTheWay(draft, at.number())) {
        answer(draft, process, CONFLICT);
        return;
      }
      var reply = tables.reply(tables.effect(draft.table, at.number()).reply());
      if (!reply.equals(WRITTEN)) {
        answer(draft, process, reply);
        return;
      }
      if (limits.appearance() == Appearance.AT_ONCE) {
        become(draft, tables.effect(draft.table, at.number()).table());
        answer(draft, process, reply);
        return;
      }
    }
    become(draft, tables.shown(draft.table, writes.get(how)));
    long next = Running.withShown(process, how);
    for (int i = 0; i < writes.size(); i++) {
      if (isUnseen(writes.get(i).key()) && (Running.shown(next) & 1 << i) == 0) {
        draft.table = tables.shown(draft.table, writes.get(i));
        next = Running.withShown(next, i);
      }
    }
    tell(at.program().name() + ": transaction, " + Told.write(writes.get(how)));
    if (Integer.bitCount(Running.shown(next)) == writes.size()) {
      answer(draft, next, WRITTEN);
    } else {
      draft.add(next);
    }
  }

  /** Unless nobody is there any more to hear it. */
  private void answer(Draft draft, long process, Reply reply) {
    if (!Running.isGone(process)) {
      goOn(draft, Running.place(process), reply);
    } else {
      tell(places.get(Running.place(process)), reply, " (nobody waits for it)");
    }
  }

  private void fail(Draft draft, int first, int how) {
    int place = first;
    for (int read = 0; place >= 0 && places.get(place).reads() && read != how; read++) {
      place = read(draft, place);
    }
    boolean hasEffect = how == Move.WITHOUT_ANSWER;
    switch (places.get(place).call()) {
      case Call.Get _, Call.Read _, Call.ReadIndex _ -> goOn(draft, place, new Reply.Unanswered());
      case Call.Append(var text) -> {
        if (hasEffect) {
          append(draft, places.get(place).program(), text);
        }
        goOn(draft, place, new Reply.Appended(AppendOutcome.UNKNOWN));
      }
      case Call.Change _, Call.Transact _ -> {
        if (hasEffect) {
          // At once or later, as long as anybody runs.
          draft.add(Running.gone(Running.at(place)));
        }
        goOn(draft, place, new Reply.Ended(WriteOutcome.UNKNOWN));
      }
      case Call.BackOff _, Call.End _ -> throw new IllegalStateException("cannot fail");
    }
  }

  /** Whether a transaction is under way that writes what the call writes. */
  private boolean isInTheWay(Draft draft, int call) {
    for (int i = 0; i < draft.running(); i++) {
      if (isUnderWay(draft.running(i))) {
        for (var key : written(draft.running(i))) {
          if (places.written(call).contains(key)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isUnderWay(long process) {
    return process != Draft.NOBODY && Running.shown(process) != 0;
  }

  private Set<Key> written(long process) {
    return places.written(places.get(Running.place(process)).number());
  }

  private void become(Draft draft, int after) {
    int before = draft.table;
    draft.table = after;
    for (var key : tables.changed(before, after)) {
      if (Judge.isAlias(key)) {
        note(judge.changed(before, key, draft.state(places)));
      }
    }
  }

  private void note(Optional<Violation> verdict) {
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
    var about = scenario.all().get(of.ask()) + (of.attempt() == 0 ? "" : " again");
    var program = new Program.Consume(record, about, of.text());
    arrive(draft, places.beginning(program, draft.now));
  }

  private int reconciler(long now, int found, int failures) {
    return places.beginning(new Program.Reconcile(found, failures), now);
  }

  private void send(Draft draft, int ask) {
    var talk = talks.get(draft.talk(ask));
    draft.talk(ask, talks.number(talk.sent(draft.now)));
    var program = new Program.Client(ask, talk.ask(), talk.sent().size(), draft.now);
    arrive(draft, places.beginning(program, draft.now));
  }

  private void again(Draft draft, int ask) {
    draft.now++;
    send(draft, ask);
  }

  private void crash(Draft draft, long process) {
    var at = places.get(Running.place(process));
    tell(at.program().name() + ": CRASHES before " + Told.call(at.call()));
    if (Running.shown(process) != 0) {
      draft.add(Running.gone(process));
    }
    switch (at.program()) {
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
      case Program.Reconcile(var wasFound, var failures) -> {
        if (wasFound == draft.table && failures == draft.failures && !draft.isAnybodyRunning()) {
          note(Optional.of(new Violation(Kind.OTHER, "the world does not come to rest")));
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
      if (isUnderWay(draft.running(i))
          && written(draft.running(i)).stream().anyMatch(key -> key.pk().contains("#a#"))) {
        return;
      }
    }
    note(judge.answered(ask, draft.state(places)));
  }

  private void goOn(Draft draft, int place, Reply reply) {
    tell(places.get(place), reply, "");
    int number = tables.number(reply);
    arrive(draft, places.after(place, number, tables.reply(number), draft.now));
  }

  private void arrive(Draft draft, int place) {
    int settled = settle(draft, place);
    if (settled >= 0) {
      draft.add(Running.at(settled));
    }
  }

  /** Goes on for as long as that needs no choice. Answers the place then; -1 at the end. */
  private int settle(Draft draft, int first) {
    int place = first;
    while (true) {
      var at = places.get(place);
      int reply;
      if (at.call() instanceof Call.ReadIndex(var query) && isEmptyForEver(query)) {
        reply = noEntries;
      } else if (at.call() instanceof Call.Read(var query) && isEmptyForEver(query)) {
        reply = noItems;
      } else if (at.call() instanceof Call.Change(var write) && isUnseen(write.key())) {
        var effect = tables.effect(draft.table, at.number());
        draft.table = effect.table();
        reply = effect.reply();
      } else if (at.call() instanceof Call.BackOff) {
        reply = resumed;
      } else if (at.call() instanceof Call.End(var answer)
          && at.program() instanceof Program.Reconcile) {
        end(draft, at.program(), answer);
        return -1;
      } else {
        return place;
      }
      place = places.after(place, reply, tables.reply(reply), draft.now);
    }
  }

  private static boolean isEmptyForEver(IndexQuery query) {
    return !query.hash().equals(Scenario.BUCKET);
  }

  private static boolean isEmptyForEver(Query query) {
    return query.pk().startsWith(QUARANTINE);
  }

  private boolean isUnseen(Key key) {
    return !limits.keepsDirectory() && key.pk().contains("#d#");
  }
}
