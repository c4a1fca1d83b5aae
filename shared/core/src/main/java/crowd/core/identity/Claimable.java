package crowd.core.identity;

/** What a user's claim of an anonymous id meets (R3, R6). */
public enum Claimable {
  /** Nobody owns the id: the claim gives it its first owner. */
  OPEN,
  /** It is the user's already. */
  OWN,
  /** It is another user's, and was not reset before the claim: somebody did not log out. */
  OTHERS,
  /** It stands for nobody new: it was reset before the claim, or too many have claimed it. */
  RETIRED
}
