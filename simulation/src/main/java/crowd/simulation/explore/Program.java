package crowd.simulation.explore;

import crowd.core.batch.BatchOutcome;
import crowd.core.erase.EraseOutcome;
import crowd.core.history.Because;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonReader;
import crowd.core.merge.MergeOutcome;
import crowd.core.message.Arrival;
import crowd.core.message.Message;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageParser.Parsed;
import crowd.core.message.MessageType;
import crowd.core.reset.ResetOutcome;
import crowd.core.stream.EnvelopeJson;
import crowd.core.track.TrackOutcome;
import crowd.core.unlink.UnlinkOutcome;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.Cloud;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a process does: one call of one function. */
sealed interface Program {

  /** Runs it to its end. */
  Answer run(Cloud on);

  /** For the trace. */
  String name();

  /**
   * A request.
   *
   * @param place of the ask in its scenario
   * @param attempt 0 for the first sending
   * @param receivedAt milliseconds
   */
  record Client(int place, Ask ask, int attempt, long receivedAt) implements Program {

    private static final Website SHOP =
        Website.starting(new WebsiteId(Scenario.WEBSITE), Set.of(Website.LOOPBACK));

    @Override
    public Answer run(Cloud on) {
      var website = SHOP.id();
      return switch (ask) {
        case Ask.Send(var message) -> send(on, parse(on, message));
        case Ask.SendBatch(var messages) ->
            batch(
                on.batch().apply(SHOP, messages.stream().map(one -> sent(parse(on, one))).toList()),
                messages.size());
        case Ask.Unlink(var user, var anonymous) -> {
          var outcome =
              on.unlink()
                  .apply(website, new UserId(user), new AnonymousId(anonymous), because("unlink"));
          yield Answer.of(outcome != UnlinkOutcome.UNAVAILABLE, outcome.name());
        }
        case Ask.Erase(var user) -> {
          var outcome = on.erase().apply(website, new UserId(user));
          yield Answer.of(outcome != EraseOutcome.UNAVAILABLE, outcome.name());
        }
        case Ask.Merge(var user, var into) ->
            merged(
                on.merge()
                    .apply(
                        website,
                        new UserId(user),
                        new UserId(into),
                        Instant.ofEpochMilli(receivedAt),
                        because("alias")));
        case Ask.Unmerge(var user, var from) ->
            merged(on.merge().undo(website, new UserId(user), new UserId(from), because("unlink")));
      };
    }

    private Because because(String word) {
      return new Because(word, word + "-" + place);
    }

    private static Answer merged(MergeOutcome outcome) {
      return Answer.of(outcome != MergeOutcome.UNAVAILABLE, outcome.name());
    }

    private static Sent sent(Message message) {
      return Sent.trusted(message, false);
    }

    private static Answer send(Cloud on, Message message) {
      return switch (message.type()) {
        case IDENTIFY -> identified(on.identify().apply(SHOP, sent(message)));
        case RESET -> reset(on.reset().apply(SHOP, sent(message)));
        case ALIAS -> throw new IllegalStateException("a merge is an ask of its own");
        case TRACK, PAGE, SCREEN, GROUP -> tracked(on.track().apply(SHOP, sent(message)));
      };
    }

    private static Answer batch(BatchOutcome outcome, int size) {
      if (!(outcome instanceof BatchOutcome.Taken(var results))) {
        var none = java.util.Collections.nCopies(size, false);
        return new Answer(false, none, java.util.Collections.nCopies(size, "UNAVAILABLE"));
      }
      var taken = new ArrayList<Boolean>();
      var words = new ArrayList<String>();
      for (var result : results) {
        var one =
            switch (result) {
              case BatchOutcome.Result.Identified(var ended) -> identified(ended);
              case BatchOutcome.Result.WasReset(var ended) -> reset(ended);
              case BatchOutcome.Result.Tracked(var ended) -> tracked(ended);
              case BatchOutcome.Result.Aliased _ ->
                  throw new IllegalStateException("a merge is an ask of its own");
            };
        taken.addAll(one.taken());
        words.addAll(one.words());
      }
      return new Answer(!taken.contains(false), taken, words);
    }

    private static Answer identified(IdentifyOutcome outcome) {
      return outcome instanceof IdentifyOutcome.Decided(var ending, _, _)
          ? Answer.of(true, ending.name())
          : Answer.of(false, outcome.getClass().getSimpleName());
    }

    private static Answer reset(ResetOutcome outcome) {
      return Answer.of(outcome instanceof ResetOutcome.Retired, outcome.getClass().getSimpleName());
    }

    private static Answer tracked(TrackOutcome outcome) {
      return Answer.of(
          outcome instanceof TrackOutcome.Accepted, outcome.getClass().getSimpleName());
    }

    private Message parse(Cloud on, SentMessage sent) {
      var arrival = new Arrival(Instant.ofEpochMilli(receivedAt), true, Set.of(), SHOP.retention());
      var parsed =
          new MessageParser(on.ids())
              .parse(
                  MessageType.of(sent.type()).orElseThrow(),
                  JsonReader.readOwnObject(sent.json()),
                  Optional.empty(),
                  arrival);
      if (parsed instanceof Parsed.Valid(var message)) {
        return message;
      }
      throw new IllegalStateException("not a message: " + sent);
    }

    @Override
    public String name() {
      return ask + (attempt == 0 ? "" : " again");
    }
  }

  /**
   * A delivery of a record of the stream.
   *
   * @param record its number
   * @param about what is in it, for the trace
   */
  record Consume(int record, String about, String text) implements Program {

    @Override
    public Answer run(Cloud on) {
      var envelope = EnvelopeJson.read(text.getBytes(StandardCharsets.UTF_8));
      var failed = on.project().apply(List.of(envelope), Instant.MAX);
      return Answer.of(failed.isEmpty(), failed.isEmpty() ? "done" : "again");
    }

    @Override
    public String name() {
      return "consumer of " + about;
    }
  }

  /**
   * A run of the reconciler.
   *
   * @param found number of the table that it has to change, if nobody else runs; else -1
   * @param failures that may still happen when it begins
   */
  record Reconcile(int found, int failures) implements Program {

    @Override
    public Answer run(Cloud on) {
      on.reconcile().run(Instant.MAX);
      return Answer.of(true, "done");
    }

    @Override
    public String name() {
      return "reconciler";
    }
  }
}
