package crowd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.fingerprint.Connection;
import crowd.core.fingerprint.Fingerprint;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identify.IdentifyOutcome.Ending;
import crowd.core.identify.Warning;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.json.JsonReader;
import crowd.core.message.Arrival;
import crowd.core.message.FieldProblem;
import crowd.core.message.Message;
import crowd.core.message.MessageJson;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageParser.Parsed;
import crowd.core.message.MessageType;
import crowd.core.message.RandomIds;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.table.EventRow;
import crowd.core.table.TableKeys;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The link by fingerprint, through the use cases. */
class FingerprintLinkTest {

  private static final Connection OFFICE = new Connection("203.0.113.9", "Firefox");
  private static final Connection HOME = new Connection("198.51.100.7", "Firefox");

  private final World world = new World();
  private final Website website = world.website.with(world.website.fingerprinting().turned(true));
  private final Fingerprint office = website.fingerprinting().of(OFFICE).orElseThrow();
  private int messages;

  private Parsed parsed(MessageType type, String json, boolean trusted, Connection connection) {
    var arrival =
        new Arrival(
            world.now(),
            trusted,
            Set.of(),
            website.retention(),
            website.fingerprinting(),
            connection);
    return new MessageParser(new RandomIds())
        .parse(type, JsonReader.readOwnObject(json.replace('\'', '"')), Optional.empty(), arrival);
  }

  private Message fromBrowser(String ids, Connection connection) {
    var json =
        "{%s,'event':'e','message_id':'e%d','timestamp':'%s'}"
            .formatted(ids, ++messages, world.now());
    return assertInstanceOf(Parsed.Valid.class, parsed(MessageType.TRACK, json, false, connection))
        .message();
  }

  /** What a browser does, and the consumer with it. */
  private void seen(String ids, Connection connection) {
    world.track(website, Sent.unproved(fromBrowser(ids, connection)));
    world.drain();
  }

  private Message fromServer(String user, String fingerprint) {
    var json =
        "{'user_id':'%s','fingerprint':%s,'message_id':'i%d','timestamp':'%s'}"
            .formatted(user, fingerprint, ++messages, world.now());
    return assertInstanceOf(
            Parsed.Valid.class, parsed(MessageType.IDENTIFY, json, true, Connection.UNKNOWN))
        .message();
  }

  private IdentifyOutcome.Decided identify(Website site, String user) {
    return assertInstanceOf(
        IdentifyOutcome.Decided.class,
        world.identify(
            site,
            Sent.trusted(fromServer(user, "{'ip':'203.0.113.9','user_agent':'Firefox'}"), true)));
  }

  private IdentifyOutcome.Decided identify(String user) {
    return identify(website, user);
  }

  /** The reason that the answer gives. */
  private static String missed(IdentifyOutcome.Decided decided) {
    assertEquals(Optional.empty(), decided.message().anonymous());
    assertEquals(List.of("fingerprint_not_linked"), codes(decided));
    var detail = decided.warnings().getFirst().detail();
    return detail.substring(0, detail.indexOf(':'));
  }

  private static List<String> codes(IdentifyOutcome.Decided decided) {
    return decided.warnings().stream().map(Warning::code).toList();
  }

  @Test
  void theOneBrowserThatWasSeen_isLinked() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);
    seen("'anonymous_id':'anon_b'", HOME);

    // when
    var decided = identify("ann");

    // then
    assertEquals(Ending.CREATED, decided.ending());
    assertEquals(Optional.of(new AnonymousId("anon_a")), decided.message().anonymous());
    assertEquals(List.of(), codes(decided));
    assertEquals(List.of("e1<"), world.timeline("ann"));
    var link = world.table.relations(World.SHOP, new UserId("ann")).links().getFirst();
    assertEquals("fingerprint", link.source());
    world.drain();
    assertEquals(List.of("e1"), world.copies("ann"));
  }

  @Test
  void theSameCallAgain_isTheSame() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);
    var message = fromServer("ann", "'" + office.hex() + "'");

    // when
    var first = world.identify(website, Sent.trusted(message, true));
    world.drain();
    var second = world.identify(website, Sent.trusted(message, true));

    // then
    assertEquals(Ending.CREATED, ((IdentifyOutcome.Decided) first).ending());
    assertEquals(
        new IdentifyOutcome.Decided(
            Ending.UNCHANGED, List.of(), message.in(new AnonymousId("anon_a"))),
        second);
  }

  @Test
  void nobodySeen_linksNothing() {
    seen("'anonymous_id':'anon_b'", HOME);
    assertEquals("none_seen", missed(identify("ann")));
  }

  @Test
  void aBrowserSeenBeforeTheWindow_isNotSeen() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);

    // when, then
    world.wait(Duration.ofMinutes(35));
    assertEquals("none_seen", missed(identify("ann")));
    var patient = website.with(website.fingerprinting().within(Duration.ofHours(1)));
    assertEquals(List.of(), codes(identify(patient, "ann")));
  }

  @Test
  void twoBrowsers_areOneTooMany() {
    seen("'anonymous_id':'anon_a'", OFFICE);
    seen("'anonymous_id':'anon_b'", OFFICE);
    assertEquals("several_seen", missed(identify("ann")));
  }

  @Test
  void moreThanCanBeLookedAt_areSeveral() {
    for (int i = 0; i < 101; i++) {
      world.track(website, Sent.unproved(fromBrowser("'anonymous_id':'anon_" + i + "'", OFFICE)));
    }
    world.drain();
    world.wait(Duration.ofHours(2));
    assertEquals("several_seen", missed(identify("ann")));
  }

  @Test
  void anotherUsersBrowser_staysHis() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);
    world.identify(world.login("bob", "anon_a", 1));
    var before = world.alias("anon_a");

    // when, then
    assertEquals("owned", missed(identify("ann")));
    assertEquals(before, world.alias("anon_a"));
  }

  @Test
  void aResetBrowser_standsForNobody() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);
    world.reset(world.logout("anon_a", 100_000));

    // then
    assertEquals("sealed", missed(identify("ann")));
  }

  @Test
  void anotherUserSeenAtAnyTime_speaksAgainstIt() {
    // given
    seen("'user_id':'bob'", OFFICE);
    world.wait(Duration.ofHours(20));
    seen("'anonymous_id':'anon_a'", OFFICE);

    // then
    assertEquals("seen_with_another_user", missed(identify("ann")));
    assertEquals(List.of(), codes(identify("bob")));
  }

  @Test
  void aUserThatAServerNamedForTheConnection_speaksAgainstTheNext() {
    // given
    identify("bob");
    world.drain();
    seen("'anonymous_id':'anon_a'", OFFICE);

    // then
    assertEquals("seen_with_another_user", missed(identify("ann")));
  }

  @Test
  void whereItIsOff_nothingIsLookedUpAndNothingIsKept() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);
    var off = website.with(website.fingerprinting().turned(false));
    var message =
        assertInstanceOf(
                Parsed.Valid.class,
                new MessageParser(new RandomIds())
                    .parse(
                        MessageType.IDENTIFY,
                        JsonReader.readOwnObject(
                            "{\"user_id\":\"ann\",\"fingerprint\":\"" + office.hex() + "\"}"),
                        Optional.empty(),
                        new Arrival(
                            world.now(),
                            true,
                            Set.of(),
                            off.retention(),
                            off.fingerprinting(),
                            OFFICE)))
            .message();

    // when
    var decided =
        assertInstanceOf(
            IdentifyOutcome.Decided.class, world.identify(off, Sent.trusted(message, true)));

    // then
    assertEquals("off", missed(decided));
    assertNull(message.fingerprint());
  }

  @Test
  void anIdentifyThatNamesNoFingerprint_isNotSearchedFor() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);
    seen("'user_id':'ann'", OFFICE);

    // when
    var decided =
        assertInstanceOf(
            IdentifyOutcome.Decided.class,
            world.identify(website, Sent.trusted(world.traits("ann", "{'a':1}", "m", 1), false)));

    // then
    assertEquals(List.of(), codes(decided));
    assertEquals(Optional.empty(), world.alias("anon_a").owner());
  }

  @Test
  void aBrowserThatSomebodyElseClaimsMeanwhile_isHisAndUnharmed() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);
    world.faults.before(
        2,
        FaultScript.each(Operation.GET, World.aliasKey("anon_a")),
        () -> world.identify(world.login("bob", "anon_a", 90_000)));

    // when, then
    assertEquals("owned", missed(identify("ann")));
    var alias = world.alias("anon_a");
    assertEquals(Optional.of(new UserId("bob")), alias.owner());
    assertEquals(Instant.MAX, alias.sealedAt());
    assertEquals(Set.of(new UserId("bob")), alias.claims().keySet());
  }

  @Test
  void sightings_areTheSameInEveryOrderAndNamesNoConnection() {
    // given
    var sent = new ArrayList<Message>();
    for (int i = 0; i < 6; i++) {
      sent.add(fromBrowser("'anonymous_id':'anon_a','user_id':'ann'", OFFICE));
      world.wait(Duration.ofMinutes(3));
    }
    sent.forEach(message -> world.track(website, Sent.unproved(message)));
    var envelopes = world.stream.drain();

    // when
    world.consume(envelopes);
    var once = sightings();
    var backwards = new ArrayList<>(envelopes);
    Collections.reverse(backwards);
    world.consume(backwards);
    var other = new FingerprintLinkTest();
    backwards.forEach(envelope -> other.world.consume(List.of(envelope)));

    // then
    assertEquals(
        List.of("shop#f#" + office.hex() + " a#anon_a", "shop#f#" + office.hex() + " u#ann"),
        once.stream().map(item -> item.key().pk() + " " + item.key().sk()).toList());
    assertEquals(once, sightings());
    assertEquals(once, other.sightings());
    assertFalse(world.memory.dump().toString().contains("203.0.113.9"));
    assertFalse(world.memory.dump().toString().contains("Firefox"));
  }

  private List<Item> sightings() {
    return world.memory.dump().stream().filter(item -> item.key().pk().contains("#f#")).toList();
  }

  @Test
  void aSighting_isWrittenOnceInFiveMinutes() {
    // given
    seen("'anonymous_id':'anon_a'", OFFICE);
    var before = world.memory.dump().size();

    // when
    seen("'anonymous_id':'anon_a'", OFFICE);

    // then: the event itself, and nothing more
    assertEquals(before + 1, world.memory.dump().size());
  }

  @Test
  void theFingerprint_isKeptWithWhatExpiresOnly() {
    // given
    var anonymous = fromBrowser("'anonymous_id':'anon_a'", OFFICE);
    var user = fromBrowser("'anonymous_id':'anon_a','user_id':'ann'", OFFICE);

    // when
    var stored = EventRow.origin(World.SHOP, anonymous);
    var copy =
        EventRow.putCopy(World.SHOP, new UserId("ann"), new AnonymousId("anon_a"), anonymous, 1);

    // then
    assertEquals(anonymous, EventRow.read(stored).message());
    assertTrue(stored.text("fingerprint").isPresent());
    assertFalse(EventRow.origin(World.SHOP, user).text("fingerprint").isPresent());
    assertFalse(copy.toString().contains(office.hex()));
    assertEquals(key(anonymous), key(anonymous.from(null)));
  }

  private static Key key(Message message) {
    return TableKeys.event(World.SHOP, message);
  }

  @Test
  void aBrowser_maySendNoFingerprint() {
    for (var value : List.of("'" + office.hex() + "'", "{}", "7", "''")) {
      var invalid =
          assertInstanceOf(
              Parsed.Invalid.class,
              parsed(
                  MessageType.TRACK,
                  "{'anonymous_id':'a','event':'e','fingerprint':" + value + "}",
                  false,
                  OFFICE));
      assertEquals(
          List.of("fingerprint server_key_required"),
          invalid.problems().stream().map(FingerprintLinkTest::summary).toList());
    }
  }

  private static String summary(FieldProblem problem) {
    return problem.field() + " " + problem.code();
  }

  @Test
  void aServer_isToldWhatIsWrongWithItsFingerprint() {
    var invalid =
        assertInstanceOf(
            Parsed.Invalid.class,
            parsed(
                MessageType.IDENTIFY,
                "{'user_id':'u','fingerprint':'dead'}",
                true,
                Connection.UNKNOWN));
    assertEquals(
        List.of("fingerprint not_a_fingerprint"),
        invalid.problems().stream().map(FingerprintLinkTest::summary).toList());
  }

  @Test
  void anOldEnvelope_isAMessageWithoutFingerprint() {
    // given
    var message = fromBrowser("'anonymous_id':'anon_a'", OFFICE);
    var json = MessageJson.write(message);

    // then
    assertEquals(message, MessageJson.read(json));
    assertEquals(message.from(null), MessageJson.read(json.without("fingerprint")));
  }
}
