package crowd.core.identify;

import crowd.core.claim.Claim;
import crowd.core.claim.Claims;
import crowd.core.claim.ContendedException;
import crowd.core.claim.Decision;
import crowd.core.fingerprint.Browsers;
import crowd.core.fingerprint.Match;
import crowd.core.identify.IdentifyOutcome.Ending;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.profile.Profile;
import crowd.core.store.StoreUnavailableException;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
import crowd.core.traits.Traits;
import crowd.core.verify.Ruling;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user says who he is: his traits are joined, and the anonymous id that he names becomes his if
 * it is nobody's. Decided in the request, so that once it has answered, what happened before is
 * his.
 */
public final class Identify {

  private final Claims claims;
  private final Browsers browsers;
  private final Stream stream;
  private final Metrics metrics;

  public Identify(Claims claims, Browsers browsers, Stream stream, Metrics metrics) {
    this.claims = claims;
    this.browsers = browsers;
    this.stream = stream;
    this.metrics = metrics;
  }

  /** Decides, then puts on the stream what is kept of the message. */
  public IdentifyOutcome apply(Website website, Sent sent) {
    var outcome = decide(website, sent);
    return switch (outcome) {
      case IdentifyOutcome.Decided decided -> append(website, decided.message(), decided);
      case IdentifyOutcome.Unverified(var kept) ->
          kept.map(message -> append(website, message, outcome)).orElse(outcome);
      case IdentifyOutcome.OfBot(var kept) -> append(website, kept, outcome);
      case IdentifyOutcome.TraitsTooLarge tooLarge -> tooLarge;
      case IdentifyOutcome.Unavailable unavailable -> unavailable;
      case IdentifyOutcome.Contended contended -> contended;
    };
  }

  /** Decides only: whoever calls it has to put on the stream what the outcome holds. */
  public IdentifyOutcome decide(Website website, Sent sent) {
    try {
      return switch (website.verification().ruling(sent, website.retention())) {
        case Ruling.Passed(var message) -> decide(website, sent, message, List.of());
        case Ruling.Reported(var message) -> {
          metrics.add(Counter.UNVERIFIED);
          yield decide(website, sent, message, List.of(Warning.UNVERIFIED));
        }
        case Ruling.Anonymous(var message) -> unverified(Optional.of(message));
        case Ruling.OfBot(var message) -> {
          metrics.add(Counter.BOT_MESSAGES);
          yield new IdentifyOutcome.OfBot(message);
        }
        case Ruling.Refused() -> unverified(Optional.empty());
      };
    } catch (ContendedException _) {
      return new IdentifyOutcome.Contended();
    } catch (StoreUnavailableException _) {
      metrics.add(Counter.UNAVAILABLE);
      return new IdentifyOutcome.Unavailable();
    }
  }

  private IdentifyOutcome unverified(Optional<Message> kept) {
    metrics.add(Counter.UNVERIFIED);
    return new IdentifyOutcome.Unverified(kept);
  }

  private IdentifyOutcome decide(
      Website website, Sent sent, Message message, List<Warning> warnings) {
    var written = Traits.of(message, website.traitRank(sent.trust()));
    if (!sent.namesFingerprint()) {
      return decide(Claim.of(website.id(), message, written), message, warnings);
    }
    return switch (match(website, message)) {
      case Match.Missed(var reason) ->
          decide(Claim.of(website.id(), message, written), message, List.of(Warning.of(reason)));
      case Match.Found(var browser) -> {
        var found = message.in(browser);
        yield guess(Claim.of(website.id(), found, written).byFingerprint(), message, found);
      }
    };
  }

  private Match match(Website website, Message message) {
    var fingerprint = message.fingerprint();
    return fingerprint == null
        ? new Match.Missed(Match.Reason.OFF)
        : browsers.find(
            website.id(),
            message.user().orElseThrow(),
            fingerprint,
            website.fingerprinting().window(),
            message.receivedAt());
  }

  private IdentifyOutcome decide(Claim claim, Message message, List<Warning> warnings) {
    return switch (claims.decide(claim)) {
      case Decision.Decided decision -> decided(decision, claim.traits(), message, warnings);
      case Decision.TraitsTooLarge() -> new IdentifyOutcome.TraitsTooLarge();
      // Erased while this was on its way: sent again, it is of somebody new.
      case Decision.Erased(_) -> new IdentifyOutcome.Unavailable();
      // Unlinked while this was on its way: as if it had come just before.
      case Decision.TakenBack(_) -> withoutLink(claim.withoutId(), message, warnings);
    };
  }

  private IdentifyOutcome withoutLink(Claim claim, Message message, List<Warning> warnings) {
    return claims.decide(claim) instanceof Decision.Decided(var before, var after, _)
        ? decided(
            new Decision.Decided(before, after, Decision.Linking.RETIRED),
            claim.traits(),
            message,
            warnings)
        : decide(claim, message, warnings);
  }

  /** Between the search and the claim somebody else may have come: then nothing was found. */
  private IdentifyOutcome guess(Claim claim, Message message, Message found) {
    return switch (claims.decide(claim)) {
      case Decision.Decided decision -> guessed(decision, claim, message, found);
      case Decision.TraitsTooLarge() -> new IdentifyOutcome.TraitsTooLarge();
      case Decision.Erased(_) -> new IdentifyOutcome.Unavailable();
      case Decision.TakenBack(_) ->
          decide(claim.withoutId(), message, List.of(Warning.of(Match.Reason.SEALED)));
    };
  }

  private IdentifyOutcome guessed(
      Decision.Decided decision, Claim claim, Message message, Message found) {
    return switch (decision.linking()) {
      case LINKED -> {
        metrics.add(Counter.FINGERPRINT_LINKS);
        yield decided(decision, claim.traits(), found, List.of());
      }
      case OWN -> decided(decision, claim.traits(), found, List.of());
      case USER_SWITCH -> lost(decision, claim.traits(), message, Match.Reason.OWNED);
      case RETIRED -> lost(decision, claim.traits(), message, Match.Reason.SEALED);
      case NONE, REFUSED_LIMIT -> decided(decision, claim.traits(), message, List.of());
    };
  }

  private static IdentifyOutcome lost(
      Decision.Decided decision, Traits written, Message message, Match.Reason reason) {
    var withoutLink =
        new Decision.Decided(decision.before(), decision.after(), Decision.Linking.NONE);
    return decided(withoutLink, written, message, List.of(Warning.of(reason)));
  }

  private static IdentifyOutcome decided(
      Decision.Decided decision, Traits written, Message message, List<Warning> warnings) {
    var all = new ArrayList<>(warnings);
    all.addAll(warnings(decision.before(), written, decision.linking()));
    return new IdentifyOutcome.Decided(
        ending(decision.before(), decision.after(), decision.linking()), all, message);
  }

  private IdentifyOutcome append(Website website, Message message, IdentifyOutcome decided) {
    return switch (stream.append(new Envelope(website.id(), List.of(message)))) {
      case AppendOutcome.Appended() -> {
        metrics.add(Counter.ACCEPTED_MESSAGES);
        yield decided;
      }
      case AppendOutcome.Throttled(), AppendOutcome.Unknown() -> {
        metrics.add(Counter.UNAVAILABLE);
        yield new IdentifyOutcome.Unavailable();
      }
    };
  }

  private static Ending ending(Profile before, Profile after, Decision.Linking linking) {
    return switch (linking) {
      case USER_SWITCH -> Ending.USER_SWITCH;
      case RETIRED -> Ending.RETIRED;
      case REFUSED_LIMIT -> Ending.REFUSED_LIMIT;
      case LINKED -> before.exists() ? Ending.LINKED : Ending.CREATED;
      case NONE, OWN -> {
        if (!before.exists()) {
          yield Ending.CREATED;
        }
        yield before.traits().values().equals(after.traits().values())
            ? Ending.UNCHANGED
            : Ending.UPDATED;
      }
    };
  }

  private static List<Warning> warnings(Profile before, Traits written, Decision.Linking linking) {
    var warnings = new ArrayList<Warning>();
    before.traits().warnings(written).forEach(warning -> warnings.add(Warning.of(warning)));
    ofLinking(linking).ifPresent(warnings::add);
    return warnings;
  }

  private static Optional<Warning> ofLinking(Decision.Linking linking) {
    return switch (linking) {
      case NONE, LINKED, OWN -> Optional.empty();
      case USER_SWITCH ->
          Optional.of(
              new Warning(
                  "anonymous_id_owned_by_other",
                  "anonymous_id belongs to another user: nothing of it was linked; call reset when"
                      + " a user logs out",
                  Optional.of("anonymous_id")));
      case RETIRED ->
          Optional.of(
              new Warning(
                  "anonymous_id_retired",
                  "anonymous_id was reset before, or too many users have claimed it: nothing of it"
                      + " was linked; use the anonymous id that reset answered",
                  Optional.of("anonymous_id")));
      case REFUSED_LIMIT ->
          Optional.of(
              new Warning(
                  "too_many_links",
                  "user_id has too many anonymous ids, or too many new ones within an hour: this"
                      + " one was not linked; check that user_id is the id of one person",
                  Optional.of("user_id")));
    };
  }
}
