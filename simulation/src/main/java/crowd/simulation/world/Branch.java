package crowd.simulation.world;

/** Rare turns that many histories together have to take: else they prove less than they seem to. */
public enum Branch {
  /** An id got its owner by an identify, in the request. */
  LINKED_IN_REQUEST,
  /** An id got its owner by an event with both ids, in the consumer. */
  LINKED_IN_CONSUMER,
  /** By a claim from before a reset that was decided first. */
  LINKED_THOUGH_RESET,
  USER_SWITCH,
  SHARED_REACHED,
  /** A claim of an id that stands for nobody new. */
  RETIRED,
  LIMIT_REFUSED,
  LAZY_REACHED,
  /** A seal made copies superfluous that had all been made. */
  TRIMMING_REACHED,
  TRIMMING_ENDED,
  /** A seal came while copies were being made. */
  SEALED_WHILE_PENDING,
  CURSOR_STORED,
  CURSOR_RESUMED,
  SETTLE_WENT_ROUND,
  CONVERGE_RESTARTED,
  /** A writer removed a copy of his own. */
  COPY_TAKEN_BACK,
  FIRST_SWEEP_DELETED,
  LATE_SWEEP_DELETED,
  UNLINKED,
  /** An id was taken back while its copies were being made. */
  UNLINK_WHILE_PENDING,
  RELINKED_AFTER_UNLINK,
  /** A copy landed after the first sweep. */
  LATE_SWEEP_DELETED_AFTER_UNLINK,
  /** A claim that was taken back came again, and the free id stayed nobody's. */
  ZOMBIE_LINK_REFUSED_AFTER_UNLINK,
  ERASED,
  /** A user was erased while copies were being made for him. */
  ERASED_WHILE_COPYING,
  /** Several users went who were one person. */
  ERASED_ONE_OF_SEVERAL,
  /** Somebody was erased who had come with the id of one who was erased. */
  ERASED_AGAIN,
  ERASE_FOUND_NOBODY,
  /** An identify was received before the erasure and decided after it. */
  REFUSED_BY_TOMBSTONE,
  /** A record came to the consumer with what was sent before an erasure. */
  ERASED_CAME_AGAIN,
  /** The same, when no row of the user told of the erasure any more. */
  ERASED_CAME_AGAIN_AFTER_THE_END,
  /** Somebody new came with the id of one who was erased. */
  NEW_AFTER_ERASURE,
  /** An anonymous id got an owner that had gone with one who was erased. */
  LINKED_AFTER_ERASURE,
  /** The tombstone of a user, or of an anonymous id, was taken away. */
  TOMBSTONE_REMOVED,
  ALIAS_REMOVED,
  /** An alias was one of an anonymous id. */
  ALIAS_CLAIMED,
  /** An alias was one of a user, or of an id that nobody had seen. */
  ALIAS_MERGED,
  /** An alias had claimed its id in a try before, and merged the users in this one. */
  ALIAS_ENDED_LATER,
  MERGED,
  /** A user was merged into another while copies of one of the two were being made. */
  MERGED_WHILE_COPYING,
  /** A person of several users was merged into another. */
  MERGED_WITH_MERGED,
  /** A merge of a user into one who was merged into him. */
  MERGE_CYCLE_REFUSED,
  MERGE_LIMIT_REFUSED,
  UNMERGED,
  /** A user got an id after he was merged into another. */
  LINKED_TO_MERGED,
  RECONCILER_FINISHED_LINK,
  /** The index pointed at work that was done. */
  STALE_INDEX_ENTRY,
  INDEX_LAGGED,
  TWO_RECONCILERS,
  /** A link took effect, its answer was lost, and the caller found that it was his. */
  OWN_LINK_AFTER_LOST_REPLY,
  CRASH_BETWEEN_LINK_AND_APPEND,
  LATE_WRITE_REFUSED,
  LATE_WRITE_TOOK_EFFECT,
  LATE_TRANSACTION_REFUSED,
  LATE_TRANSACTION_TOOK_EFFECT,
  /** Somebody read a row of a transaction that was half visible. */
  HALF_TRANSACTION_SEEN,
  HALF_TRANSACTION_IN_THE_WAY,
  /** A caller died while his transaction was half visible. */
  CRASH_IN_TRANSACTION,
  LEFTOVER,
  RECORD_CAME_AGAIN,
  DUPLICATE_AFTER_OWNER_CHANGED,
  POISON_SET_ASIDE,
  OLD_ENVELOPE,
  APPEND_THROTTLED,
  APPEND_LOST,
  APPEND_UNANSWERED,
  API_CRASHED,
  CONSUMER_CRASHED,
  RECONCILER_CRASHED,
  TIMED_OUT,
  UNAVAILABLE
}
