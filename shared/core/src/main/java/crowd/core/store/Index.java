package crowd.core.store;

/** The two sparse indexes. An item stands in one exactly while it has both of its attributes. */
public enum Index {
  /** Work that waits, oldest due first. */
  DUE(Attributes.DUE_IN, Attributes.DUE),
  /** Profiles by last seen. */
  SEEN(Attributes.SEEN_IN, Attributes.LAST_SEEN);

  private final String hash;
  private final String range;

  Index(String hash, String range) {
    this.hash = hash;
    this.range = range;
  }

  /** Name of the text attribute that is its hash key. */
  public String hash() {
    return hash;
  }

  /** Name of the number attribute that is its range key. */
  public String range() {
    return range;
  }

  /** Whether the item stands in this index. */
  public boolean holds(Item item) {
    return item.text(hash).isPresent() && item.whole(range).isPresent();
  }
}
