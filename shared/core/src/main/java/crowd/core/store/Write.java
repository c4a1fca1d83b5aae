package crowd.core.store;

/** A change of one item, under a condition. */
public sealed interface Write {

  Key key();

  Condition condition();

  /** Replaces the whole item, or makes it. */
  record Put(Item item, Condition condition) implements Write {
    @Override
    public Key key() {
      return item.key();
    }
  }

  /** Removes the item. Without a condition, removing what is not there succeeds. */
  record Delete(Key key, Condition condition) implements Write {}
}
