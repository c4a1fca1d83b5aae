package crowd.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param next what to pass as {@link IndexQuery#after} for the next page; null at the end
 */
public record IndexPage(List<IndexEntry> entries, @Nullable IndexEntry next) {

  public IndexPage {
    entries = List.copyOf(entries);
  }
}
