package crowd.core.group;

import crowd.core.identity.GroupId;
import crowd.core.identity.WebsiteId;
import crowd.core.store.Attribute;
import crowd.core.traits.Traits;
import java.util.Map;

/**
 * A group of people, of whom the traits are.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param rest attributes of a newer version, kept as they are
 */
public record Group(
    WebsiteId website, GroupId id, long revision, Traits traits, Map<String, Attribute> rest) {

  public Group {
    rest = Map.copyOf(rest);
  }

  /** The group of which nothing is stored. */
  public static Group unseen(WebsiteId website, GroupId id) {
    return new Group(website, id, 0, Traits.NONE, Map.of());
  }

  public Group withTraits(Traits joined) {
    return new Group(website, id, revision, joined, rest);
  }
}
