package crowd.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.event.StoredEvent;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.CopyState;
import crowd.core.identity.GroupId;
import crowd.core.identity.Ownership;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.profile.Profile;
import crowd.core.store.Attribute;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import crowd.core.table.TableKeys.Waiting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableKeysTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final WebsiteId SHOP = new WebsiteId("shop");
  private static final List<String> HOSTILE =
      List.of("a", "a#", "#a", "a#u#b", "@", "U", "=a", "a#b", "s", "a#@", "u#a", "E#1", "😀", "A");

  private static Message message(String messageId, String anonymousId) {
    return new Message(
        MessageType.TRACK,
        null,
        new AnonymousId(anonymousId),
        messageId,
        NOON,
        NOON,
        NOON,
        NOON.plusSeconds(60),
        false,
        Json.Obj.EMPTY);
  }

  @Test
  void keys_ofDifferentThingsDiffer() {
    var seen = new HashMap<Key, String>();
    for (var website : List.of(SHOP, new WebsiteId("shop-a"), new WebsiteId("a"))) {
      seen(seen, TableKeys.website(website), "website " + website);
      for (var id : HOSTILE) {
        var user = new UserId(id);
        var browser = new AnonymousId(id);
        var of = website + " " + id;
        seen(seen, TableKeys.alias(website, browser), "alias " + of);
        seen(seen, TableKeys.profile(website, user), "profile " + of);
        seen(seen, TableKeys.serverKey(website, id), "key " + of);
        seen(seen, TableKeys.group(website, new GroupId(id)), "group " + of);
        for (var other : HOSTILE) {
          seen(seen, TableKeys.link(website, user, new AnonymousId(other)), "link " + of + other);
          seen(
              seen,
              TableKeys.membership(website, user, new GroupId(other)),
              "membership " + of + other);
          seen(seen, TableKeys.event(website, message(other, id)), "event " + of + " " + other);
          seen(
              seen,
              TableKeys.copy(website, user, browser, message(other, id)),
              "copy " + of + " " + other);
        }
      }
    }
    assertEquals(3 * (1 + HOSTILE.size() * (4 + 4 * HOSTILE.size())), seen.size());
  }

  private static void seen(Map<Key, String> seen, Key key, String what) {
    var other = seen.put(key, what);
    assertEquals(null, other, () -> what + " has the key of " + other);
  }

  @Test
  void groupOf_isTheTimeAndTheMessageId() {
    for (var id : HOSTILE) {
      var sk = TableKeys.event(SHOP, message(id, "anon_a")).sk();
      var group = TableKeys.groupOf(sk);
      assertEquals(TableKeys.eventGroup(NOON, id) + "#", group);
      assertTrue(TableKeys.isGroup(group));
      assertTrue(sk.startsWith(group));
    }
    assertFalse(TableKeys.isGroup("L#anon"));
    assertFalse(TableKeys.isGroup("E#1#a#"));
  }

  @Test
  void waiting_readsBothKinds() {
    for (var id : HOSTILE) {
      var alias = TableKeys.alias(SHOP, new AnonymousId(id));
      assertEquals(new Waiting.OfAlias(SHOP, new AnonymousId(id)), TableKeys.waiting(alias));
      var job = TableKeys.unlinkJob(SHOP, new UserId(id), new AnonymousId(id), 3);
      assertEquals(new Waiting.OfUnlink(SHOP, job), TableKeys.waiting(job));
      assertEquals(new UserId(id), TableKeys.userOf(SHOP, job));
    }
  }

  @Test
  void aliasRow_comesBackWhole_withWhatItDoesNotKnow() {
    var alias =
        Alias.unclaimed(SHOP, new AnonymousId("anon_a"))
            .linkedTo(new Ownership(new UserId("ann"), NOON, NOON, "identify", "m"), NOON, NOON)
            .switched(new UserId("bob"), NOON.plusSeconds(5), NOON, NOON);
    var item = put(AliasRow.write(alias)).with("of_a_newer_version", "kept");
    var read = AliasRow.read(SHOP, alias.id(), item);
    assertEquals(alias.epoch(), read.epoch());
    assertEquals(alias.ownership(), read.ownership());
    assertEquals(alias.claims(), read.claims());
    assertEquals(CopyState.PENDING, read.copies());
    assertEquals(1, read.revision());
    assertEquals(Map.of("of_a_newer_version", new Attribute.Text("kept")), read.rest());
    var again = new Write.Put(item.with("rev", 2L), new Condition.RevisionIs(1));
    assertEquals(again, AliasRow.write(read));
  }

  @Test
  void profileRow_comesBackWhole() {
    var profile =
        Profile.unseen(SHOP, new UserId("ann")).seen(NOON.plusSeconds(7)).seen(NOON).linked(NOON);
    var read = ProfileRow.read(SHOP, profile.user(), put(ProfileRow.write(profile)));
    assertEquals(profile.firstSeen(), read.firstSeen());
    assertEquals(profile.lastSeen(), read.lastSeen());
    assertEquals(1, read.links());
    assertEquals(1, read.linksInHourOf(NOON.plusSeconds(60)));
    assertEquals(0, read.linksInHourOf(NOON.plusSeconds(3600)));
  }

  @Test
  void eventRow_comesBackWhole_andACopyHasNoExpiryOfItsOwn() {
    var message = message("m#1", "anon_a");
    var origin = EventRow.origin(SHOP, message);
    assertEquals(StoredEvent.origin(message), EventRow.read(origin));
    assertEquals(
        Optional.of(NOON.plusSeconds(60).plusSeconds(7 * 86_400).getEpochSecond()),
        origin.whole("ttl").stream().boxed().findFirst());
    var copy =
        put(EventRow.putCopy(SHOP, new UserId("ann"), new AnonymousId("anon_a"), message, 4));
    assertEquals(new StoredEvent(message, "=anon_a", 4), EventRow.read(copy));
    assertTrue(copy.whole("ttl").isEmpty());
  }

  private static Item put(Write write) {
    return ((Write.Put) write).item();
  }
}
