package crowd.simulation.world;

import crowd.core.batch.BatchOutcome;
import crowd.core.erase.EraseOutcome;
import crowd.core.fingerprint.Fingerprinting;
import crowd.core.history.Because;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identify.IdentifyOutcome.Ending;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.merge.AliasOutcome;
import crowd.core.merge.MergeOutcome;
import crowd.core.message.Arrival;
import crowd.core.message.Message;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageParser.Parsed;
import crowd.core.message.MessageType;
import crowd.core.reset.ResetOutcome;
import crowd.core.stream.AppendOutcome;
import crowd.core.track.TrackOutcome;
import crowd.core.unlink.UnlinkOutcome;
import crowd.core.verify.Sent;
import crowd.core.verify.Verification;
import crowd.core.website.Website;
import crowd.simulation.oracle.Attempt;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.DecisionLog;
import crowd.simulation.oracle.EraseAsk;
import crowd.simulation.oracle.Ledger;
import crowd.simulation.oracle.MergeAsk;
import crowd.simulation.oracle.PeopleLog;
import crowd.simulation.oracle.Person;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.workload.Request;
import crowd.simulation.workload.SentMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions behind the HTTP API, without HTTP. */
final class Api {

  private final Cloud cloud;
  private final SimulatedStream stream;
  private final Scheduler scheduler;
  private final Ledger ledger;
  private final DecisionLog decisions;
  private final PeopleLog people;
  private final MessageParser parser;
  private final Duration retention;
  private final Branches branches;
  private final Map<String, Website> websites = new HashMap<>();
  private final IdentityHashMap<SentMessage, Json.Obj> texts = new IdentityHashMap<>();

  Api(
      Cloud cloud,
      SimulatedStream stream,
      Scheduler scheduler,
      Ledger ledger,
      DecisionLog decisions,
      PeopleLog people,
      Duration retention,
      Branches branches) {
    this.cloud = cloud;
    this.stream = stream;
    this.scheduler = scheduler;
    this.ledger = ledger;
    this.decisions = decisions;
    this.people = people;
    this.parser = new MessageParser(cloud.ids());
    this.retention = retention;
    this.branches = branches;
  }

  /**
   * What a client is told.
   *
   * @param taken the attempts that are acknowledged; those that are missing have to come again
   * @param endings of the identifies among them
   */
  record Answer(boolean isComplete, List<Attempt> taken, Map<Attempt, Ending> endings) {}

  /** The one place where requests are executed. */
  Answer execute(Request request) {
    return switch (request) {
      case Request.Single(var message) -> single(message);
      case Request.Batch(var messages) -> batch(messages);
      case Request.ToOldVersion(var message) -> toOldVersion(message);
      case Request.Erase(var site, var user) -> erase(new Person(site, user));
      case Request.Merge merge -> merge(merge);
      case Request.Unlink(var site, var user, var id) -> unlink(new Browser(site, id), user);
    };
  }

  private Answer single(SentMessage sent) {
    var attempt = ledger.sent(sent, scheduler.clock().toEpochMilli());
    var message = parse(attempt);
    var website = website(sent.website());
    return switch (message.type()) {
      case IDENTIFY -> identify(attempt, website, message);
      case ALIAS -> alias(attempt, website, message);
      case RESET ->
          answer(
              attempt, cloud.reset().apply(website, sent(message)) instanceof ResetOutcome.Retired);
      case TRACK, PAGE, SCREEN, GROUP ->
          answer(
              attempt,
              cloud.track().apply(website, sent(message)) instanceof TrackOutcome.Accepted);
    };
  }

  private Answer identify(Attempt attempt, Website website, Message message) {
    var outcome = cloud.identify().apply(website, sent(message));
    var person = new Person(attempt.message().website(), String.valueOf(attempt.message().user()));
    if (outcome instanceof IdentifyOutcome.Unavailable
        && attempt.receivedAt() <= people.state(person).erasedAt()) {
      branches.reached(Branch.REFUSED_BY_TOMBSTONE);
    }
    return answer(attempt, outcome);
  }

  /** What it comes to is the product's to say; which ways there are to take it, the oracle's. */
  private Answer alias(Attempt attempt, Website website, Message alias) {
    var sent = attempt.message();
    var user = new Person(sent.website(), String.valueOf(sent.user()));
    var previous = new Browser(sent.website(), String.valueOf(sent.anonymous()));
    var ask =
        previous.isMinted()
            ? Optional.<MergeAsk>empty()
            : Optional.of(people.asks(true, new Person(previous.website(), previous.id()), user));
    boolean wasHalf = user.user().equals(decisions.state(previous).owner());
    var outcome = cloud.aliasUser().apply(website, alias);
    return switch (outcome) {
      case AliasOutcome.Claimed(var claimed) -> {
        if (claimed instanceof IdentifyOutcome.Decided) {
          branches.reached(Branch.ALIAS_CLAIMED);
          decisions.claimedByAlias(attempt);
        }
        yield answer(attempt, claimed);
      }
      case AliasOutcome.Merged(var merged) -> {
        ask.ifPresent(asked -> told(asked, merged));
        if (merged == MergeOutcome.MERGED) {
          branches.reached(wasHalf ? Branch.ALIAS_ENDED_LATER : Branch.ALIAS_MERGED);
        }
        yield new Answer(merged != MergeOutcome.UNAVAILABLE, List.of(), Map.of());
      }
    };
  }

  private void told(MergeAsk ask, MergeOutcome outcome) {
    switch (outcome) {
      case MERGED, UNMERGED -> people.answered(ask, MergeAsk.Answer.DONE);
      case UNCHANGED -> people.answered(ask, MergeAsk.Answer.UNCHANGED);
      case REFUSED_LIMIT -> {
        people.answered(ask, MergeAsk.Answer.REFUSED);
        branches.reached(Branch.MERGE_LIMIT_REFUSED);
      }
      case UNAVAILABLE -> {}
    }
  }

  private Answer unlink(Browser browser, String user) {
    ledger.unlinkSent(browser, user);
    var outcome =
        cloud
            .unlink()
            .apply(
                new WebsiteId(browser.website()),
                new UserId(user),
                new AnonymousId(browser.id()),
                new Because("unlink", "r"));
    if (outcome == UnlinkOutcome.UNLINKED) {
      ledger.unlinkDone(browser, user);
    }
    return new Answer(outcome != UnlinkOutcome.UNAVAILABLE, List.of(), Map.of());
  }

  private Answer erase(Person person) {
    var ask = people.asksToErase(person);
    var outcome = cloud.erase().apply(new WebsiteId(person.website()), new UserId(person.user()));
    switch (outcome) {
      case ERASED -> people.answered(ask, EraseAsk.Answer.ERASED);
      case NOT_FOUND -> {
        people.answered(ask, EraseAsk.Answer.NOT_FOUND);
        branches.reached(Branch.ERASE_FOUND_NOBODY);
      }
      case UNAVAILABLE -> {}
    }
    return new Answer(outcome != EraseOutcome.UNAVAILABLE, List.of(), Map.of());
  }

  private Answer merge(Request.Merge merge) {
    var user = new Person(merge.website(), merge.user());
    var other = new Person(merge.website(), merge.other());
    boolean isCircle = !merge.isUndone() && people.isAbove(user, other);
    var ask = people.asks(!merge.isUndone(), user, other);
    var website = new WebsiteId(merge.website());
    var because = new Because("alias", "r");
    var outcome =
        merge.isUndone()
            ? cloud
                .merge()
                .undo(website, new UserId(user.user()), new UserId(other.user()), because)
            : cloud
                .merge()
                .apply(
                    website,
                    new UserId(user.user()),
                    new UserId(other.user()),
                    scheduler.clock(),
                    because);
    told(ask, outcome);
    if (outcome == MergeOutcome.UNCHANGED && isCircle) {
      branches.reached(Branch.MERGE_CYCLE_REFUSED);
    }
    return new Answer(outcome != MergeOutcome.UNAVAILABLE, List.of(), Map.of());
  }

  private Answer batch(List<SentMessage> sent) {
    var attempts = new ArrayList<Attempt>();
    var messages = new ArrayList<Message>();
    for (var one : sent) {
      var attempt = ledger.sent(one, scheduler.clock().toEpochMilli());
      attempts.add(attempt);
      messages.add(parse(attempt));
    }
    var outcome =
        cloud
            .batch()
            .apply(website(sent.getFirst().website()), messages.stream().map(Api::sent).toList());
    if (!(outcome instanceof BatchOutcome.Taken(var results))) {
      return new Answer(false, List.of(), Map.of());
    }
    var taken = new ArrayList<Attempt>();
    var endings = new LinkedHashMap<Attempt, Ending>();
    for (int i = 0; i < results.size(); i++) {
      var one =
          switch (results.get(i)) {
            case BatchOutcome.Result.Identified(var identified) ->
                answer(attempts.get(i), identified);
            case BatchOutcome.Result.Aliased _ ->
                throw new IllegalStateException("no workload has an alias");
            case BatchOutcome.Result.WasReset(var reset) ->
                answer(attempts.get(i), reset instanceof ResetOutcome.Retired);
            case BatchOutcome.Result.Tracked(var tracked) ->
                answer(attempts.get(i), tracked instanceof TrackOutcome.Accepted);
          };
      taken.addAll(one.taken());
      endings.putAll(one.endings());
    }
    return new Answer(taken.size() == attempts.size(), taken, endings);
  }

  /** Where the message has no id or no timestamp, which the codec of that version does not show. */
  private Answer toOldVersion(SentMessage sent) {
    if (sent.messageId() == null || sent.timestamp() == null) {
      return single(sent);
    }
    branches.reached(Branch.OLD_ENVELOPE);
    var attempt = ledger.sent(sent, scheduler.clock().toEpochMilli());
    return answer(
        attempt,
        stream.append(OldEnvelope.of(attempt), List.of(attempt)).equals(AppendOutcome.APPENDED));
  }

  private static Answer answer(Attempt attempt, IdentifyOutcome outcome) {
    return outcome instanceof IdentifyOutcome.Decided(var ending, _, _)
        ? new Answer(true, List.of(attempt), Map.of(attempt, ending))
        : answer(attempt, false);
  }

  private static Answer answer(Attempt attempt, boolean isTaken) {
    return new Answer(isTaken, isTaken ? List.of(attempt) : List.of(), Map.of());
  }

  private Message parse(Attempt attempt) {
    var sent = attempt.message();
    var arrival = new Arrival(scheduler.clock(), true, Set.of(), retention);
    var type = MessageType.of(sent.type()).orElseThrow();
    var json = texts.computeIfAbsent(sent, _ -> JsonReader.readOwnObject(sent.json()));
    if (parser.parse(type, json, Optional.empty(), arrival) instanceof Parsed.Valid(var message)) {
      stream.expect(message, attempt);
      return message;
    }
    throw new IllegalArgumentException("not a message: " + sent);
  }

  private static Sent sent(Message message) {
    return Sent.trusted(message, false);
  }

  private Website website(String id) {
    return websites.computeIfAbsent(
        id,
        _ ->
            new Website(
                new WebsiteId(id),
                Set.of(),
                Set.of(),
                retention,
                false,
                Verification.OFF,
                Fingerprinting.OFF,
                true));
  }
}
