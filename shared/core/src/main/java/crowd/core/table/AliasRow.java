package crowd.core.table;

import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.CopyState;
import crowd.core.identity.Ownership;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The alias of an anonymous id: {@code W#a#<anonymous id>} / {@code @}. */
public final class AliasRow {

  private static final String OWNER = "owner";
  private static final String LINKED_AT = "linked_at"; // epoch millis
  private static final String CLAIMED_AT = "claimed_at"; // epoch millis
  private static final String SOURCE = "source";
  private static final String MESSAGE_ID = "message_id";
  private static final String COPIES = "copies"; // CopyState, left out for NONE
  private static final String CURSOR = "cursor"; // sort key
  private static final String SCANNED = "scanned"; // events
  private static final String SEALED_AT = "sealed_at"; // epoch millis
  private static final String RESET_AT = "reset_at"; // epoch millis
  private static final String ERASED_AT = "erased_at"; // epoch millis
  private static final String UNLINKED_AT = "unlinked_at"; // epoch millis
  private static final String CLAIMS = "claims"; // JSON object: user id to epoch millis
  private static final String FLAG = "flag";
  private static final String SHARED = "SHARED";

  private static final Set<String> KNOWN =
      Set.of(
          Attributes.REVISION,
          Attributes.EPOCH,
          Attributes.DUE_IN,
          Attributes.DUE,
          OWNER,
          LINKED_AT,
          CLAIMED_AT,
          SOURCE,
          MESSAGE_ID,
          COPIES,
          CURSOR,
          SCANNED,
          SEALED_AT,
          RESET_AT,
          ERASED_AT,
          UNLINKED_AT,
          CLAIMS,
          FLAG);

  private AliasRow() {}

  public static Alias read(WebsiteId website, AnonymousId id, @Nullable Item item) {
    if (item == null) {
      return Alias.unclaimed(website, id);
    }
    return new Alias(
        website,
        id,
        item.requireWhole(Attributes.REVISION),
        item.requireWhole(Attributes.EPOCH),
        ownership(item),
        item.text(COPIES).map(CopyState::valueOf).orElse(CopyState.NONE),
        item.text(CURSOR).orElse(null),
        item.whole(SCANNED).orElse(0),
        item.whole(Attributes.DUE).isPresent()
            ? Instant.ofEpochMilli(item.requireWhole(Attributes.DUE))
            : null,
        Rows.instant(item, SEALED_AT, Instant.MAX),
        Rows.instant(item, RESET_AT, Instant.MAX),
        Rows.instant(item, ERASED_AT, Instant.MIN),
        Rows.instant(item, UNLINKED_AT, Instant.MIN),
        claims(item),
        item.text(FLAG).isPresent(),
        Rows.rest(item, KNOWN));
  }

  /** Writes the next state, if the row is still at the revision that it was made from. */
  public static Write write(Alias next) {
    return new Write.Put(item(next), Condition.unchangedSince(next.revision()));
  }

  /** Removes the row, if it is still at the revision of this state. */
  public static Write delete(Alias alias) {
    return new Write.Delete(
        TableKeys.alias(alias.website(), alias.id()), new Condition.RevisionIs(alias.revision()));
  }

  private static Item item(Alias alias) {
    var key = TableKeys.alias(alias.website(), alias.id());
    var ownership = alias.ownership();
    return Item.building(key)
        .withAll(alias.rest())
        .with(Attributes.REVISION, alias.revision() + 1)
        .with(Attributes.EPOCH, alias.epoch())
        .with(OWNER, ownership == null ? null : ownership.user().value())
        .with(LINKED_AT, ownership == null ? null : Rows.millis(ownership.linkedAt()))
        .with(CLAIMED_AT, ownership == null ? null : Rows.millis(ownership.claimedAt()))
        .with(SOURCE, ownership == null ? null : ownership.source())
        .with(MESSAGE_ID, ownership == null ? null : ownership.messageId())
        .with(COPIES, alias.copies() == CopyState.NONE ? null : alias.copies().name())
        .with(CURSOR, alias.cursor())
        .with(SCANNED, alias.scanned() == 0 ? null : alias.scanned())
        .with(Attributes.DUE_IN, alias.due() == null ? null : TableKeys.dueBucket(key.pk()))
        .with(Attributes.DUE, Rows.millis(alias.due()))
        .with(SEALED_AT, Rows.millis(alias.sealedAt()))
        .with(RESET_AT, Rows.millis(alias.resetAt()))
        .with(ERASED_AT, Rows.millis(alias.erasedAt()))
        .with(UNLINKED_AT, Rows.millis(alias.unlinkedAt()))
        .with(CLAIMS, alias.claims().isEmpty() ? null : JsonText.write(json(alias.claims())))
        .with(FLAG, alias.shared() ? SHARED : null)
        .item();
  }

  private static @Nullable Ownership ownership(Item item) {
    return item.text(OWNER)
        .map(owner ->
            new Ownership(
                new UserId(owner),
                Instant.ofEpochMilli(item.requireWhole(LINKED_AT)),
                Instant.ofEpochMilli(item.requireWhole(CLAIMED_AT)),
                item.requireText(SOURCE),
                item.requireText(MESSAGE_ID)))
        .orElse(null);
  }

  private static Json json(Map<UserId, Instant> claims) {
    var fields = new LinkedHashMap<String, Json>();
    claims.forEach((user, receivedAt) ->
        fields.put(user.value(), new Json.Num(Long.toString(receivedAt.toEpochMilli()))));
    return new Json.Obj(fields);
  }

  private static SortedMap<UserId, Instant> claims(Item item) {
    var claims = new TreeMap<UserId, Instant>();
    if (JsonReader.readOwn(item.text(CLAIMS).orElse("{}")) instanceof Json.Obj(var fields)) {
      fields.forEach((user, receivedAt) -> {
        if (receivedAt instanceof Json.Num(var millis)) {
          claims.put(new UserId(user), Instant.ofEpochMilli(Long.parseLong(millis)));
        }
      });
    }
    return claims;
  }
}
