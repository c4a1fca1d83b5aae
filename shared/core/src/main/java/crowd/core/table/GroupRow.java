package crowd.core.table;

import crowd.core.group.Group;
import crowd.core.identity.GroupId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import crowd.core.traits.Traits;
import crowd.core.traits.TraitsJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a group: {@code W#g#<group id>} / {@code @}. */
public final class GroupRow {

  private static final String TRAITS = "traits"; // JSON, see TraitsJson

  private static final Set<String> KNOWN = Set.of(Attributes.REVISION, TRAITS);

  private GroupRow() {}

  public static Group read(WebsiteId website, GroupId id, @Nullable Item item) {
    if (item == null) {
      return Group.unseen(website, id);
    }
    return new Group(
        website,
        id,
        item.requireWhole(Attributes.REVISION),
        item.text(TRAITS).map(JsonReader::readOwnObject).map(TraitsJson::read).orElse(Traits.NONE),
        Rows.rest(item, KNOWN));
  }

  /** Writes the next state, if the row is still at the revision that it was made from. */
  public static Write write(Group next) {
    return new Write.Put(
        Item.building(TableKeys.group(next.website(), next.id()))
            .withAll(next.rest())
            .with(Attributes.REVISION, next.revision() + 1)
            .with(TRAITS, JsonText.write(TraitsJson.write(next.traits())))
            .item(),
        Condition.unchangedSince(next.revision()));
  }
}
