package crowd.core.identify;

import crowd.core.claim.Claim;
import crowd.core.claim.Claims;
import crowd.core.claim.Decision;
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
  private final Stream stream;
  private final Metrics metrics;

  public Identify(Claims claims, Stream stream, Metrics metrics) {
    this.claims = claims;
    this.stream = stream;
    this.metrics = metrics;
  }

  /**
   * Decides, then puts the message on the stream.
   *
   * @param traitRank see {@link Website#traitRank}
   */
  public IdentifyOutcome apply(Website website, Message message, int traitRank) {
    return switch (decide(website, message, traitRank)) {
      case IdentifyOutcome.Decided decided -> append(website, message, decided);
      case IdentifyOutcome.TraitsTooLarge tooLarge -> tooLarge;
      case IdentifyOutcome.Unavailable unavailable -> unavailable;
    };
  }

  /** Decides only: whoever calls it has to put the message on the stream. */
  public IdentifyOutcome decide(Website website, Message message, int traitRank) {
    var written = Traits.of(message, traitRank);
    try {
      return switch (claims.decide(Claim.of(website.id(), message, written))) {
        case Decision.Decided(var before, var after, var linking) ->
            new IdentifyOutcome.Decided(
                ending(before, after, linking), warnings(before, written, linking));
        case Decision.TraitsTooLarge() -> new IdentifyOutcome.TraitsTooLarge();
        // Erased while this was on its way: sent again, it is of somebody new.
        case Decision.Erased(_) -> new IdentifyOutcome.Unavailable();
      };
    } catch (StoreUnavailableException _) {
      metrics.add(Counter.UNAVAILABLE);
      return new IdentifyOutcome.Unavailable();
    }
  }

  private IdentifyOutcome append(
      Website website, Message message, IdentifyOutcome.Decided decided) {
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
