package crowd.core.store;

import org.jspecify.annotations.Nullable;

/**
 * Entries of one hash key of an index, ordered by their range number; among equal numbers in an
 * order of the store's own.
 *
 * @param upTo greatest range number, inclusive
 * @param after the entry behind which the page begins, exclusive
 * @param limit at most so many entries, 1 to 1000
 */
public record IndexQuery(
    Index index,
    String hash,
    long upTo,
    boolean descending,
    @Nullable IndexEntry after,
    int limit) {}
