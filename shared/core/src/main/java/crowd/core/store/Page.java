package crowd.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param next what to pass as {@link Query#after} for the next page; null at the end
 */
public record Page(List<Item> items, @Nullable String next) {

  public Page {
    items = List.copyOf(items);
  }
}
