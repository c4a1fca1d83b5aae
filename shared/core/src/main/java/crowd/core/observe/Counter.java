package crowd.core.observe;

/** What is counted. Each stands for something an operator may want an alarm on. */
public enum Counter {
  /** Messages that were acknowledged. */
  ACCEPTED_MESSAGES,
  /** Anonymous ids that got their first owner. */
  LINKS,
  /** Claims of an anonymous id that belongs to somebody else. */
  USER_SWITCHES,
  /** Anonymous ids that a third user claimed: nobody's from then on. */
  SHARED_IDS,
  /** Anonymous ids that were taken back from their owner on request. */
  UNLINKS,
  /** Users that became one person with another, or ceased to be. */
  MERGES,
  /** People who were erased. */
  ERASURES,
  /** Links refused because the user has too many, or too many new ones. */
  REFUSED_LINKS,
  /** Messages of browsers whose user id was not proved, where the website asks for proof. */
  UNVERIFIED,
  /** Messages of bots, kept without a profile. */
  BOT_MESSAGES,
  /** Calls with a server key that came from a browser, where everybody can read it. */
  SECRET_KEYS_IN_BROWSERS,
  /** Calls that were refused for who sent them: answered with 401 or 403. */
  REFUSED_CALLS,
  /** Anonymous ids that a server's identify found by fingerprint. */
  FINGERPRINT_LINKS,
  /** Traits of a group that were not taken because it has too many. */
  REFUSED_GROUP_TRAITS,
  /** Copies of anonymous events that were written to their owner's timeline. */
  COPIED_EVENTS,
  /** Anonymous ids with too many events to copy. */
  LAZY_IDS,
  /** Records of the stream that can never be understood. */
  QUARANTINED_RECORDS,
  /** Pieces of waiting work that the reconciler had to finish: normally the consumer does. */
  RECONCILED,
  /** Pieces of waiting work that the reconciler could not finish yet. */
  STILL_WAITING,
  /** Age in seconds of the oldest waiting work. */
  OLDEST_WAITING_SECONDS,
  /** Found by the audit: events of an owner, long stored, without their copy. Expected: none. */
  UNSETTLED_EVENTS,
  /** Found by the audit: copies that their alias does not back. Expected: none. */
  STRAY_COPIES,
  /** Found by the audit: links to an anonymous id that is not the user's. Expected: none. */
  STRAY_LINKS,
  /** Found by the audit: anonymous ids of a user without the link to them. Expected: none. */
  MISSING_LINKS,
  /** Found by the audit: work that has been due for long, or that no index knows of. */
  OVERDUE_WORK,
  /** Found by the audit: values by which their user could not be found. */
  MISSING_ENTRIES,
  /** Found by the audit: directory entries of values that their user no longer has. */
  STRAY_ENTRIES,
  /**
   * Met by the audit: people it could not check, because a row of theirs is not as it should be.
   */
  UNREADABLE_PEOPLE,
  /** Calls that ended because a store or the stream could not be reached. */
  UNAVAILABLE
}
