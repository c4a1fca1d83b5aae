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
import crowd.core.track.Track;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Many messages of one request: each is decided as it would be alone, and all that can be taken go
 * on the stream in one record.
 */
public final class Batch {

  private final Identify identify;
  private final Reset reset;
  private final AliasUser aliasUser;
  private final Track track;
  private final Stream stream;
  private final Tasks tasks;
  private final Metrics metrics;

  public Batch(
      Identify identify,
      Reset reset,
      AliasUser aliasUser,
      Track track,
      Stream stream,
      Tasks tasks,
      Metrics metrics) {
    this.identify = identify;
    this.reset = reset;
    this.aliasUser = aliasUser;
    this.track = track;
    this.stream = stream;
    this.tasks = tasks;
    this.metrics = metrics;
  }

  /** How a message ended, and what of it goes on the stream. */
  private record Settled(Result result, Optional<Message> kept) {}

  /**
   * @param messages at least one
   */
  public BatchOutcome apply(Website website, List<Sent> messages) {
    var settled = decide(website, messages);
    var kept = settled.stream().map(Settled::kept).flatMap(Optional::stream).toList();
    if (!kept.isEmpty()
        && !(stream.append(new Envelope(website.id(), kept)) instanceof AppendOutcome.Appended)) {
      metrics.add(Counter.UNAVAILABLE);
      return new BatchOutcome.Unavailable();
    }
    metrics.add(Counter.ACCEPTED_MESSAGES, kept.size());
    return new BatchOutcome.Taken(settled.stream().map(Settled::result).toList());
  }

  /**
   * Decisions about one user are made in turn, in the order of the batch; of different users, at
   * once.
   */
  private List<Settled> decide(Website website, List<Sent> messages) {
    var inTurn = new LinkedHashMap<Object, List<Integer>>();
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i).message();
      var about = message.user().<Object>map(user -> user).orElse(message.anonymous());
      inTurn.computeIfAbsent(about, _ -> new ArrayList<>()).add(i);
    }
    var decisions = new ArrayList<Supplier<Map<Integer, Settled>>>();
    for (var places : inTurn.values()) {
      decisions.add(() -> {
        var settled = new HashMap<Integer, Settled>();
        for (var place : places) {
          settled.put(place, decide(website, messages.get(place)));
        }
        return settled;
      });
    }
    var byPlace = new HashMap<Integer, Settled>();
    tasks.all(decisions).forEach(byPlace::putAll);
    return java.util.stream.IntStream.range(0, messages.size())
        .mapToObj(i -> byPlace.get(i))
        .toList();
  }

  private Settled decide(Website website, Sent sent) {
    return switch (sent.message().type()) {
      case IDENTIFY ->
          sent.message().user().isPresent()
              ? settled(identify.decide(website, sent))
              : event(website, sent);
      // It has put on the stream what there is to do.
      case ALIAS ->
          new Settled(
              new Result.Aliased(aliasUser.apply(website, sent.message())), Optional.empty());
      case RESET -> settled(reset.decide(website, sent.message()), website, sent);
      case TRACK, PAGE, SCREEN, GROUP -> event(website, sent);
    };
  }

  private Settled event(Website website, Sent sent) {
    var ruling = website.verification().ruling(sent, website.retention());
    return new Settled(new Result.Tracked(track.ended(ruling)), ruling.kept());
  }

  private static Settled settled(IdentifyOutcome outcome) {
    return new Settled(
        new Result.Identified(outcome),
        switch (outcome) {
          case IdentifyOutcome.Decided decided -> Optional.of(decided.message());
          case IdentifyOutcome.Unverified(var kept) -> kept;
          case IdentifyOutcome.OfBot(var kept) -> Optional.of(kept);
          case IdentifyOutcome.TraitsTooLarge _,
              IdentifyOutcome.Unavailable _,
              IdentifyOutcome.Contended _ ->
              Optional.empty();
        });
  }

  private static Settled settled(ResetOutcome outcome, Website website, Sent sent) {
    return new Settled(
        new Result.WasReset(outcome),
        switch (outcome) {
          case ResetOutcome.Retired _ ->
              website.verification().ruling(sent, website.retention()).kept();
          case ResetOutcome.Unavailable _ -> Optional.empty();
        });
  }
}
