package crowd.core.merge;

import crowd.core.identify.IdentifyOutcome;

/** How an alias ended: in the words of what it came to. */
public sealed interface AliasOutcome {

  /** The id was an anonymous one, or one that nobody had seen: the user claimed it. */
  record Claimed(IdentifyOutcome outcome) implements AliasOutcome {}

  /** The id was a user's, or one that nobody had seen: he is one person with the other. */
  record Merged(MergeOutcome outcome) implements AliasOutcome {}
}
