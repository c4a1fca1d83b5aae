package crowd.core.batch;

import crowd.core.batch.BatchOutcome.Result;
import crowd.core.identify.Identify;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.merge.AliasUser;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.reset.Reset;
import crowd.core.reset.ResetOutcome;
import crowd.core.run.Tasks;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
import crowd.core.track.TrackOutcome;
import crowd.core.website.Website;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Many messages of one request: each is decided as it would be alone, and all that can be taken go
 * on the stream in one record.
 */
public final class Batch {

  private final Identify identify;
  private final Reset reset;
  private final AliasUser aliasUser;
  private final Stream stream;
  private final Tasks tasks;
  private final Metrics metrics;

  public Batch(
      Identify identify,
      Reset reset,
      AliasUser aliasUser,
      Stream stream,
      Tasks tasks,
      Metrics metrics) {
    this.identify = identify;
    this.reset = reset;
    this.aliasUser = aliasUser;
    this.stream = stream;
    this.tasks = tasks;
    this.metrics = metrics;
  }

  /**
   * @param messages at least one
   * @param traitRank see {@link Website#traitRank}
   */
  public BatchOutcome apply(Website website, List<Message> messages, int traitRank) {
    var results = decide(website, messages, traitRank);
    var taken = new ArrayList<Message>();
    for (int i = 0; i < messages.size(); i++) {
      if (isTaken(results.get(i))) {
        taken.add(messages.get(i));
      }
    }
    if (!taken.isEmpty()
        && !(stream.append(new Envelope(website.id(), taken)) instanceof AppendOutcome.Appended)) {
      metrics.add(Counter.UNAVAILABLE);
      return new BatchOutcome.Unavailable();
    }
    metrics.add(Counter.ACCEPTED_MESSAGES, taken.size());
    return new BatchOutcome.Taken(results);
  }

  /**
   * Decisions about one user are made in turn, in the order of the batch; of different users, at
   * once.
   */
  private List<Result> decide(Website website, List<Message> messages, int traitRank) {
    var inTurn = new LinkedHashMap<Object, List<Integer>>();
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      var about = message.user().<Object>map(user -> user).orElse(message.anonymous());
      inTurn.computeIfAbsent(about, _ -> new ArrayList<>()).add(i);
    }
    var decisions = new ArrayList<Supplier<Map<Integer, Result>>>();
    for (var places : inTurn.values()) {
      decisions.add(() -> {
        var results = new HashMap<Integer, Result>();
        for (var place : places) {
          results.put(place, decide(website, messages.get(place), traitRank));
        }
        return results;
      });
    }
    var byPlace = new HashMap<Integer, Result>();
    tasks.all(decisions).forEach(byPlace::putAll);
    return java.util.stream.IntStream.range(0, messages.size())
        .mapToObj(i -> byPlace.get(i))
        .toList();
  }

  private Result decide(Website website, Message message, int traitRank) {
    return switch (message.type()) {
      case IDENTIFY -> new Result.Identified(identify.decide(website, message, traitRank));
      case RESET -> new Result.WasReset(reset.decide(website, message));
      case ALIAS -> new Result.Aliased(aliasUser.apply(website, message));
      case TRACK, PAGE, SCREEN, GROUP -> new Result.Tracked(new TrackOutcome.Accepted());
    };
  }

  private static boolean isTaken(Result result) {
    return switch (result) {
      case Result.Identified(IdentifyOutcome.Decided _) -> true;
      case Result.Identified(IdentifyOutcome.TraitsTooLarge _) -> false;
      case Result.Identified(IdentifyOutcome.Unavailable _) -> false;
      case Result.WasReset(ResetOutcome.Retired _) -> true;
      case Result.WasReset(ResetOutcome.Unavailable _) -> false;
      // It has put on the stream what there is to do.
      case Result.Aliased _ -> false;
      case Result.Tracked(TrackOutcome.Accepted _) -> true;
      case Result.Tracked(TrackOutcome.Unavailable _) -> false;
    };
  }
}
