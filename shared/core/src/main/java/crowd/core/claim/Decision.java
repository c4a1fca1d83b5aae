package crowd.core.claim;

import crowd.core.identity.Alias;
import crowd.core.profile.Profile;
import java.time.Instant;

/** How a claim was decided. */
public sealed interface Decision {

  /**
   * It was decided, and what it decides is stored.
   *
   * @param before the profile as it was before the claim
   * @param after the profile as it is now
   */
  record Decided(Profile before, Profile after, Linking linking) implements Decision {}

  /**
   * The profile would hold more than {@link crowd.core.traits.Traits#MAX_BYTES}; nothing is stored.
   */
  record TraitsTooLarge() implements Decision {}

  /**
   * The user was erased after one of the messages was received; nothing is stored.
   *
   * @param at what was received up to here must not come back
   */
  record Erased(Instant at) implements Decision {}

  /**
   * The anonymous id was taken back after one of the messages was received, by an unlink or with a
   * person who was erased; nothing is stored.
   *
   * @param alias says of each message whether its claim is among those that were taken back
   */
  record TakenBack(Alias alias) implements Decision {}

  /** What became of the anonymous id. */
  enum Linking {
    /** The message named none. */
    NONE,
    /** It got its first owner, this user. */
    LINKED,
    /** It had been this user's before. */
    OWN,
    /** It is another user's, and stands for nobody from now on. */
    USER_SWITCH,
    /** It stood for nobody new. */
    RETIRED,
    /** The user has too many links, or too many new ones. */
    REFUSED_LIMIT
  }
}
