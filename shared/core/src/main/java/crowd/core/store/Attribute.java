package crowd.core.store;

/** A value in an item. The table knows text and whole numbers; everything richer is JSON text. */
public sealed interface Attribute {

  /** Unicode text without lone surrogates; may be empty. */
  record Text(String value) implements Attribute {}

  /** A whole number, in the unit that the attribute's name and row say. */
  record Whole(long value) implements Attribute {}
}
