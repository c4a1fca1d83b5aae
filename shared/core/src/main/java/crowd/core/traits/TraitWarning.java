package crowd.core.traits;

/** A trait was taken, but perhaps not as its sender meant. */
public sealed interface TraitWarning {

  String trait();

  /** The stored value is of a later event: it stays. */
  record Older(String trait) implements TraitWarning {}

  /** The value is what a program writes of a function or an object, in place of what they hold. */
  record ProgramText(String trait) implements TraitWarning {}

  /** The stored value is of a higher rank: it stays. */
  record Outranked(String trait) implements TraitWarning {}

  /**
   * The value won, and is of another JSON kind than the one before: segments on it will miss
   * people.
   */
  record TypeChanged(String trait, String before, String after) implements TraitWarning {}
}
