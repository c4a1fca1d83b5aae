package crowd.core.table;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.profile.Profile;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import crowd.core.traits.Traits;
import crowd.core.traits.TraitsJson;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The profile of a user: {@code W#u#<user id>} / {@code @}. */
public final class ProfileRow {

  private static final String TRAITS =
      "traits"; // JSON, see TraitsJson; left out where there are none
  private static final String FIRST_SEEN = "first_seen"; // epoch millis
  private static final String LINKS = "links";
  private static final String LINK_HOUR = "link_hour"; // epoch millis
  private static final String LINKS_THIS_HOUR = "links_this_hour";
  private static final String MERGED_INTO = "merged_into"; // user id
  private static final String ERASED_AT = "erased_at"; // epoch millis
  private static final String ERASED = "erased"; // 1 or left out

  private static final Set<String> KNOWN =
      Set.of(
          Attributes.REVISION,
          Attributes.SEEN_IN,
          Attributes.LAST_SEEN,
          TRAITS,
          FIRST_SEEN,
          LINKS,
          LINK_HOUR,
          LINKS_THIS_HOUR,
          MERGED_INTO,
          ERASED_AT,
          ERASED);

  private ProfileRow() {}

  public static Profile read(WebsiteId website, UserId user, @Nullable Item item) {
    if (item == null) {
      return Profile.unseen(website, user);
    }
    return new Profile(
        website,
        user,
        item.requireWhole(Attributes.REVISION),
        item.text(TRAITS).map(JsonReader::readOwnObject).map(TraitsJson::read).orElse(Traits.NONE),
        Rows.instant(item, FIRST_SEEN, Instant.MAX),
        Rows.instant(item, Attributes.LAST_SEEN, Instant.MIN),
        item.whole(LINKS).orElse(0),
        Rows.instant(item, LINK_HOUR, Instant.EPOCH),
        item.whole(LINKS_THIS_HOUR).orElse(0),
        item.text(MERGED_INTO).map(UserId::new).orElse(null),
        Rows.instant(item, ERASED_AT, Instant.MIN),
        item.whole(ERASED).isPresent(),
        Rows.rest(item, KNOWN));
  }

  /** Writes the next state, if the row is still at the revision that it was made from. */
  public static Write write(Profile next) {
    return new Write.Put(item(next), Condition.unchangedSince(next.revision()));
  }

  /** Writes what is there, and takes effect only if it is still there. */
  public static Write stay(Profile profile) {
    return new Write.Put(
        item(profile).with(Attributes.REVISION, profile.revision()),
        new Condition.RevisionIs(profile.revision()));
  }

  /** Writes nothing, and takes effect only if there is still no row. */
  public static Write stayAbsent(Profile unseen) {
    return new Write.Delete(TableKeys.profile(unseen.website(), unseen.user()), Condition.ABSENT);
  }

  /** Removes the row, if it is still at the revision of this state. */
  public static Write delete(Profile profile) {
    return new Write.Delete(
        TableKeys.profile(profile.website(), profile.user()),
        new Condition.RevisionIs(profile.revision()));
  }

  private static Item item(Profile profile) {
    return Item.building(TableKeys.profile(profile.website(), profile.user()))
        .withAll(profile.rest())
        .with(Attributes.REVISION, profile.revision() + 1)
        .with(
            TRAITS,
            profile.traits().byName().isEmpty()
                ? null
                : JsonText.write(TraitsJson.write(profile.traits())))
        .with(FIRST_SEEN, Rows.millis(profile.firstSeen()))
        .with(Attributes.LAST_SEEN, Rows.millis(profile.lastSeen()))
        .with(
            Attributes.SEEN_IN,
            profile.lastSeen().equals(Instant.MIN) ? null : profile.website().value())
        .with(LINKS, profile.links() == 0 ? null : profile.links())
        .with(LINK_HOUR, profile.links() == 0 ? null : Rows.millis(profile.linkHour()))
        .with(LINKS_THIS_HOUR, profile.links() == 0 ? null : profile.linksThisHour())
        .with(MERGED_INTO, profile.parent().map(UserId::value).orElse(null))
        .with(ERASED_AT, Rows.millis(profile.erasedAt()))
        .with(ERASED, profile.erased() ? 1L : null)
        .item();
  }
}
