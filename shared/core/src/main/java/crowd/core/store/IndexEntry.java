package crowd.core.store;

/**
 * @param key the item that the index points at
 * @param range its range number when the index was written: it may lag behind the item
 */
public record IndexEntry(Key key, long range) {}
