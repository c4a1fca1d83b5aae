package crowd.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.batch.Batch;
import crowd.core.batch.BatchOutcome;
import crowd.core.claim.Claims;
import crowd.core.directory.Directory;
import crowd.core.erase.Erase;
import crowd.core.erase.EraseOutcome;
import crowd.core.erase.Erasing;
import crowd.core.erase.Ledger;
import crowd.core.fingerprint.Browsers;
import crowd.core.fingerprint.Fingerprinting;
import crowd.core.history.Because;
import crowd.core.hmac.HmacKey;
import crowd.core.identify.Identify;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.merge.AliasOutcome;
import crowd.core.merge.AliasUser;
import crowd.core.merge.Merge;
import crowd.core.merge.MergeOutcome;
import crowd.core.merge.Union;
import crowd.core.merge.Unions;
import crowd.core.message.Arrival;
import crowd.core.message.Ids;
import crowd.core.message.Message;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageParser.Parsed;
import crowd.core.message.MessageType;
import crowd.core.observe.Metrics;
import crowd.core.person.People;
import crowd.core.person.PersonView;
import crowd.core.person.Search;
import crowd.core.profile.Profile;
import crowd.core.project.Converge;
import crowd.core.project.Project;
import crowd.core.reconcile.Reconcile;
import crowd.core.reset.Reset;
import crowd.core.reset.ResetOutcome;
import crowd.core.run.Attempts;
import crowd.core.run.Pause;
import crowd.core.run.Tasks;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.stream.Envelope;
import crowd.core.stream.memory.InMemoryStream;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import crowd.core.timeline.Timeline;
import crowd.core.timeline.TimelineEvent;
import crowd.core.timeline.TimelineQuery;
import crowd.core.track.Track;
import crowd.core.track.TrackOutcome;
import crowd.core.unlink.Unlink;
import crowd.core.unlink.UnlinkOutcome;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The whole core on a store and a stream in memory, with a clock that the test sets. Times of
 * messages are seconds after {@link #START}; the clock stands a day later, so that nothing is
 * clamped.
 */
public final class World {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final WebsiteId SHOP = new WebsiteId("shop");

  public final FaultScript faults = new FaultScript();
  public final InMemoryStore memory = new InMemoryStore(faults);
  public final InMemoryStream stream = new InMemoryStream();
  public final Store store;
  public final Table table;
  public final Website website =
      Website.starting(SHOP, Set.of())
          .with(Fingerprinting.OFF.salted(new HmacKey("the same salt in every world, for dumps")));

  private final Identify identify;
  private final Track track;
  private final Reset reset;
  private final Batch batch;
  private final Ledger ledger;
  private final Unlink unlink;
  private final Erase erase;
  private final Erasing erasing;
  private final Merge merge;
  private final AliasUser aliasUser;
  private final Project project;
  private final Reconcile reconcile;
  private final Timeline timeline;
  private final People people;
  private final Search search;
  private final MessageParser parser;
  private Instant now = START.plus(Duration.ofDays(1));
  private int assigned;

  public World() {
    this(UnaryOperator.identity());
  }

  /**
   * @param around what stands between the use cases and the store: a meter, for example
   */
  public World(UnaryOperator<Store> around) {
    this(around, Converge.MAX_COPIED_EVENTS);
  }

  public World(UnaryOperator<Store> around, int maxCopiedEvents) {
    store = around.apply(memory);
    table = new Table(memory);
    var attempts = new Attempts(Pause.NONE);
    var claims = new Claims(store, attempts, () -> now, Metrics.NONE);
    var converge = new Converge(store, attempts, () -> now, Metrics.NONE, maxCopiedEvents);
    ledger =
        new Ledger(store, (website, id) -> Integer.toHexString((website + "/" + id).hashCode()));
    unlink = new Unlink(store, attempts, () -> now, Metrics.NONE);
    erase = new Erase(store, attempts, () -> now, Metrics.NONE);
    erasing = new Erasing(store, ledger, attempts, () -> now);
    var merge = new Merge(store, attempts, () -> now, Metrics.NONE);
    this.merge = merge;
    var ids = new CountedIds();
    parser = new MessageParser(ids);
    identify = new Identify(claims, new Browsers(store, attempts), stream, Metrics.NONE);
    track = new Track(stream, Metrics.NONE);
    reset = new Reset(store, stream, attempts, () -> now, ids, Metrics.NONE);
    aliasUser = new AliasUser(store, merge, identify, Metrics.NONE);
    batch = new Batch(identify, reset, aliasUser, track, stream, Tasks.IN_TURN, Metrics.NONE);
    project =
        new Project(
            store, claims, converge, ledger, attempts, Tasks.IN_TURN, () -> now, Metrics.NONE);
    reconcile =
        new Reconcile(store, converge, unlink, erasing, Tasks.IN_TURN, () -> now, Metrics.NONE);
    timeline = new Timeline(store);
    people = new People(store, timeline);
    search = new Search(store, new Directory(store), people, Tasks.IN_TURN);
  }

  private final class CountedIds implements Ids {
    @Override
    public String anonymousId() {
      return AnonymousId.PREFIX + ++assigned;
    }

    @Override
    public String messageId() {
      return "assigned-" + ++assigned;
    }
  }

  public static Instant at(int second) {
    return START.plusSeconds(second);
  }

  /** For a thread of a test, of which another has to be somewhere first. */
  public static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Instant now() {
    return now;
  }

  public void wait(Duration duration) {
    now = now.plus(duration);
  }

  /**
   * @param json as sent, with single quotes for double ones
   */
  public Message message(MessageType type, String json) {
    if (!(JsonReader.readOwn(json.replace('\'', '"')) instanceof Json.Obj object)) {
      throw new IllegalArgumentException("not an object: " + json);
    }
    var arrival = new Arrival(now, true, Set.of(), website.retention());
    return switch (parser.parse(type, object, Optional.empty(), arrival)) {
      case Parsed.Valid(var message) -> message;
      case Parsed.Invalid(var problems) -> throw new IllegalArgumentException("" + problems);
      case Parsed.TooLarge() -> throw new IllegalArgumentException("too large");
    };
  }

  /** An anonymous event whose name and message id are the same word. */
  public Message event(String anonymousId, String name, int second) {
    return message(
        MessageType.TRACK,
        "{'anonymous_id':'%s','event':'%s','message_id':'%s','timestamp':'%s'}"
            .formatted(anonymousId, name, name, at(second)));
  }

  /** An event of a user, who may name an anonymous id. */
  public Message userEvent(String userId, Optional<String> anonymousId, String name, int second) {
    var id = anonymousId.map("'anonymous_id':'%s',"::formatted).orElse("");
    return message(
        MessageType.TRACK,
        "{'user_id':'%s',%s'event':'%s','message_id':'%s','timestamp':'%s'}"
            .formatted(userId, id, name, name, at(second)));
  }

  public Message login(String userId, String anonymousId, int second) {
    return message(
        MessageType.IDENTIFY,
        "{'user_id':'%s','anonymous_id':'%s','message_id':'login-%s-%s-%d','timestamp':'%s'}"
            .formatted(userId, anonymousId, userId, anonymousId, second, at(second)));
  }

  public Message logout(String anonymousId, int second) {
    return message(
        MessageType.RESET,
        "{'anonymous_id':'%s','message_id':'reset-%s-%d','timestamp':'%s'}"
            .formatted(anonymousId, anonymousId, second, at(second)));
  }

  public Message traits(String userId, String traits, String messageId, int second) {
    return message(
        MessageType.IDENTIFY,
        "{'user_id':'%s','traits':%s,'message_id':'%s','timestamp':'%s'}"
            .formatted(userId, traits, messageId, at(second)));
  }

  public IdentifyOutcome identify(Message message) {
    return identify.apply(website, Sent.trusted(message, false));
  }

  public IdentifyOutcome identify(Website site, Sent sent) {
    return identify.apply(site, sent);
  }

  public TrackOutcome track(Website site, Sent sent) {
    return track.apply(site, sent);
  }

  public TrackOutcome track(Message message) {
    return track.apply(website, Sent.trusted(message, false));
  }

  public ResetOutcome reset(Message message) {
    return reset.apply(website, Sent.trusted(message, false));
  }

  public BatchOutcome batch(List<Message> messages) {
    return batch.apply(
        website, messages.stream().map(message -> Sent.trusted(message, false)).toList());
  }

  public Message alias(String previousId, String userId, int second) {
    return message(
        MessageType.ALIAS,
        "{'previous_id':'%s','user_id':'%s','message_id':'alias-%s-%s','timestamp':'%s'}"
            .formatted(previousId, userId, previousId, userId, at(second)));
  }

  public AliasOutcome alias(Message message) {
    return aliasUser.apply(website, message);
  }

  public MergeOutcome unmerge(String userId, String from) {
    return merge.undo(SHOP, new UserId(userId), new UserId(from), new Because("unlink", "undo"));
  }

  public UnlinkOutcome unlink(String userId, String anonymousId) {
    return unlink.apply(
        SHOP, new UserId(userId), new AnonymousId(anonymousId), new Because("unlink", "undo"));
  }

  public EraseOutcome erase(String userId) {
    return erase.apply(SHOP, new UserId(userId));
  }

  /** Works all that waits, at once and after the late sweeps, to the end. */
  public void settleDown() {
    for (int i = 0; i < 4; i++) {
      drain();
      reconcile();
      wait(Duration.ofMinutes(21));
    }
  }

  /** Sends a message to the use case of its type. */
  public void send(Message message) {
    switch (message.type()) {
      case IDENTIFY -> identify(message);
      case RESET -> reset(message);
      case ALIAS -> alias(message);
      case TRACK, PAGE, SCREEN, GROUP -> track(message);
    }
  }

  /** Gives the consumer one batch of records, with all the time that it needs. */
  public SortedSet<Integer> consume(List<Envelope> envelopes) {
    return project.apply(envelopes, Instant.MAX);
  }

  public SortedSet<Integer> consume(List<Envelope> envelopes, Instant deadline) {
    return project.apply(envelopes, deadline);
  }

  /** Gives the consumer all that is on the stream, and again what it could not do. */
  public void drain() {
    for (var left = stream.drain(); !left.isEmpty(); ) {
      var failed = consume(left);
      var again =
          failed.isEmpty() ? List.<Envelope>of() : left.subList(failed.first(), left.size());
      left = Stream.concat(again.stream(), stream.drain().stream()).toList();
    }
  }

  /** What works the erasures that wait. */
  public Erasing erasing() {
    return erasing;
  }

  public Reconcile.Report reconcile() {
    return reconcile.run(Instant.MAX);
  }

  public Alias alias(String anonymousId) {
    return table.alias(SHOP, new AnonymousId(anonymousId));
  }

  public Profile profile(String userId) {
    return table.profile(SHOP, new UserId(userId));
  }

  public Optional<PersonView> person(String id) {
    return people.find(SHOP, id);
  }

  public List<String> found(String query) {
    return search.matching(SHOP, query, null, 100).people().stream()
        .map(person -> person.user().value())
        .toList();
  }

  public List<String> newest() {
    return search.newest(SHOP, null, 100).people().stream()
        .map(person -> person.user().value())
        .toList();
  }

  public String traits(String userId) {
    return JsonText.write(profile(userId).traits().values());
  }

  public static Key aliasKey(String anonymousId) {
    return TableKeys.alias(SHOP, new AnonymousId(anonymousId));
  }

  public static Key profileKey(String userId) {
    return TableKeys.profile(SHOP, new UserId(userId));
  }

  /**
   * What a reader sees of a user, oldest first: message ids, with {@code <} for before identify.
   */
  public List<String> timeline(String userId) {
    return events(userId).stream()
        .map(event -> event.message().messageId() + (event.beforeIdentify() ? "<" : ""))
        .toList();
  }

  /** The same, page by page, newest first. */
  public List<String> timelineByPages(String userId, int limit) {
    var all = new ArrayList<String>();
    String after = null;
    do {
      var page = timeline.read(alone(userId), new TimelineQuery(true, after, limit));
      page.events().forEach(event -> all.add(event.message().messageId()));
      after = page.next();
    } while (after != null);
    return all;
  }

  public List<TimelineEvent> events(String userId) {
    return timeline.read(alone(userId), new TimelineQuery(false, null, 1000)).events();
  }

  /** A user with all who were merged into him, whether he exists or not. */
  private Union alone(String userId) {
    return new Unions(store).of(profile(userId));
  }

  /** The copies that are stored in a user's partition, by their sort keys. */
  public List<String> copies(String userId) {
    var partition = TableKeys.userPartition(SHOP, new UserId(userId));
    return memory.dump().stream()
        .map(item -> item.key())
        .filter(key -> key.pk().equals(partition) && key.sk().startsWith(TableKeys.EVENTS))
        .map(Key::sk)
        .filter(sk -> !sk.endsWith("#U"))
        .map(sk -> TableKeys.groupOf(sk).substring(TableKeys.EVENTS.length() + 14))
        .map(id -> id.substring(0, id.length() - 1))
        .toList();
  }
}
