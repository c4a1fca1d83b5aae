package crowd.core.project;

import crowd.core.claim.Claim;
import crowd.core.claim.Claims;
import crowd.core.claim.Decision;
import crowd.core.claim.Withdraw;
import crowd.core.erase.Ledger;
import crowd.core.fingerprint.Sightings;
import crowd.core.group.GroupTraits;
import crowd.core.group.Memberships;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.GroupId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.observe.Metrics;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.run.Tasks;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.stream.Envelope;
import crowd.core.table.EventRow;
import crowd.core.table.Table;
import crowd.core.traits.Traits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the consumer does with records of the stream: events are stored under the identity that they
 * arrived with, then brought into timelines. The order of records does not matter, nor how often
 * each comes.
 */
public final class Project {

  private final Store store;
  private final Attempts attempts;
  private final Tasks tasks;
  private final FirstArrivals firstArrivals;
  private final GroupTraits groupTraits;
  private final Memberships memberships;
  private final Claims claims;
  private final Withdraw withdraw;
  private final Settle settle;
  private final Converge converge;
  private final Seen seen;
  private final Erased erased;
  private final Sightings sightings;

  public Project(
      Store store,
      Claims claims,
      Converge converge,
      Ledger ledger,
      Attempts attempts,
      Tasks tasks,
      InstantSource clock,
      Metrics metrics) {
    this.store = store;
    this.attempts = attempts;
    this.tasks = tasks;
    this.firstArrivals = new FirstArrivals(store, attempts);
    this.groupTraits = new GroupTraits(store, attempts, metrics);
    this.memberships = new Memberships(store, attempts);
    this.claims = claims;
    this.withdraw = new Withdraw(store, attempts);
    this.settle = new Settle(store, attempts, metrics);
    this.converge = converge;
    this.seen = new Seen(store, new Table(store), attempts);
    this.erased = new Erased(ledger, clock);
    this.sightings = new Sightings(store, attempts);
  }

  /**
   * A message, and the record that it came in.
   *
   * @param claims whether it may claim the anonymous id that it names
   */
  private record Arrived(int record, WebsiteId website, Message message, boolean claims) {
    Arrived withoutClaim() {
      return new Arrived(record, website, message, false);
    }

    Arrived as(Message other) {
      return new Arrived(record, website, other, claims);
    }
  }

  private record Person(WebsiteId website, UserId user) {}

  private record Browser(WebsiteId website, AnonymousId id) {}

  private record Circle(WebsiteId website, GroupId id) {}

  /**
   * @param envelopes of the records, in order
   * @param deadline after which no new page of a backfill is begun
   * @return places of the records that have to come again
   */
  public SortedSet<Integer> apply(List<Envelope> envelopes, Instant deadline) {
    var failed = new TreeSet<Integer>();
    var arrived = arrived(envelopes);
    // Before anything is stored: somebody new may be given what lies under an id that was erased.
    var left = ofEachRecord(arrived, failed, this::withoutErased);
    var standing = ofEachRecord(left, failed, this::timed);
    store(standing, failed);
    arrived.removeIf(one -> failed.contains(one.record()));
    joinGroups(arrived, failed);
    sight(standing, failed);
    var toConverge = claim(standing, failed);
    bringHome(standing, toConverge, deadline, failed);
    return failed;
  }

  private static List<Arrived> arrived(List<Envelope> envelopes) {
    var arrived = new ArrayList<Arrived>();
    for (int i = 0; i < envelopes.size(); i++) {
      var website = envelopes.get(i).website();
      for (var message : envelopes.get(i).messages()) {
        arrived.add(new Arrived(i, website, message, true));
      }
    }
    return arrived;
  }

  /** What becomes of the messages of each record; nothing of a record that has to come again. */
  private static List<Arrived> ofEachRecord(
      List<Arrived> arrived, Set<Integer> failed, UnaryOperator<List<Arrived>> step) {
    var left = new ArrayList<Arrived>();
    grouped(arrived, Arrived::record)
        .forEach((record, theirs) -> {
          try {
            left.addAll(step.apply(theirs));
          } catch (StoreUnavailableException _) {
            failed.add(record);
          }
        });
    return left;
  }

  private List<Arrived> timed(List<Arrived> ofOneRecord) {
    var messages =
        firstArrivals.timed(
            ofOneRecord.getFirst().website(), ofOneRecord.stream().map(Arrived::message).toList());
    var timed = new ArrayList<Arrived>();
    for (int i = 0; i < messages.size(); i++) {
      timed.add(ofOneRecord.get(i).as(messages.get(i)));
    }
    return timed;
  }

  private void store(List<Arrived> arrived, Set<Integer> failed) {
    var items = new LinkedHashMap<Key, Item>();
    var records = new LinkedHashMap<Key, Set<Integer>>();
    for (var one : arrived) {
      if (one.message().isEvent()) {
        var item = EventRow.origin(one.website(), one.message());
        items.put(item.key(), item);
        records.computeIfAbsent(item.key(), _ -> new HashSet<>()).add(one.record());
      }
    }
    for (var left : store.putAll(List.copyOf(items.values()))) {
      failed.addAll(records.getOrDefault(left.key(), Set.of()));
    }
    arrived.removeIf(one -> failed.contains(one.record()));
  }

  /**
   * What is said of a group stays if the person goes who said it: so it is joined whether he has
   * gone or not.
   */
  private void joinGroups(List<Arrived> arrived, Set<Integer> failed) {
    var byGroup =
        grouped(
            arrived.stream().filter(one -> one.message().group().isPresent()).toList(),
            one -> new Circle(one.website(), one.message().group().orElseThrow()));
    var work = new ArrayList<Supplier<Work<Boolean>>>();
    byGroup.forEach((group, theirs) ->
        work.add(() -> attempted(theirs, false, () -> joinGroup(group, theirs))));
    tasks.all(work).forEach(done -> failed.addAll(done.failed()));
  }

  private boolean joinGroup(Circle group, List<Arrived> theirs) {
    groupTraits.join(group.website(), group.id(), theirs.stream().map(Arrived::message).toList());
    return true;
  }

  /** What was erased long ago comes again with an old record: it goes at once. */
  private List<Arrived> withoutErased(List<Arrived> ofOneRecord) {
    var fates =
        erased.fates(
            ofOneRecord.getFirst().website(), ofOneRecord.stream().map(Arrived::message).toList());
    var left = new ArrayList<Arrived>();
    var gone = new ArrayList<Arrived>();
    for (int i = 0; i < ofOneRecord.size(); i++) {
      var one = ofOneRecord.get(i);
      switch (fates.get(i)) {
        case STAYS -> left.add(one);
        case STAYS_WITHOUT_CLAIM -> left.add(one.withoutClaim());
        case GOES -> gone.add(one);
      }
    }
    remove(gone);
    return left;
  }

  /** What is stored of messages of somebody who was erased: events, and claims of ids. */
  private void remove(List<Arrived> gone) {
    grouped(gone, one -> one.website())
        .forEach((website, theirs) -> {
          var messages = theirs.stream().map(Arrived::message).toList();
          attempts.settle(store, Erased.removals(website, messages));
          messages.forEach(message -> withdraw(website, message));
        });
  }

  private void withdraw(WebsiteId website, Message message) {
    message
        .user()
        .ifPresent(user ->
            message
                .anonymous()
                .ifPresent(id -> withdraw.of(website, user, id, message.receivedAt())));
  }

  /** Whom the messages show behind which fingerprint. */
  private void sight(List<Arrived> arrived, Set<Integer> failed) {
    var byWebsite =
        grouped(
            arrived.stream().filter(one -> one.message().fingerprint() != null).toList(),
            Arrived::website);
    byWebsite.forEach((website, theirs) -> {
      Supplier<Boolean> note =
          () -> {
            sightings.note(website, theirs.stream().map(Arrived::message).toList());
            return true;
          };
      failed.addAll(attempted(theirs, false, note).failed());
    });
  }

  /** Messages of users: each marks him as seen, and claims the anonymous id that it names (R3). */
  private Set<Browser> claim(List<Arrived> arrived, Set<Integer> failed) {
    var byPerson =
        grouped(
            arrived.stream().filter(one -> one.message().user().isPresent()).toList(),
            one -> new Person(one.website(), one.message().user().orElseThrow()));
    var toConverge = new LinkedHashSet<Browser>();
    for (var one : arrived) {
      // It was decided in the request; the copies wait.
      if (one.message().type().isDecidedInRequest()) {
        one.message().anonymous().ifPresent(id -> toConverge.add(new Browser(one.website(), id)));
      }
    }
    var decisions = new ArrayList<Supplier<Work<Set<Browser>>>>();
    byPerson.forEach((person, theirs) ->
        decisions.add(() -> attempted(theirs, Set.of(), () -> claim(person, theirs))));
    for (var work : tasks.all(decisions)) {
      failed.addAll(work.failed());
      toConverge.addAll(work.result());
    }
    return toConverge;
  }

  private Set<Browser> claim(Person person, List<Arrived> theirs) {
    var byClaimed =
        grouped(
            theirs,
            one ->
                one.message().type() == MessageType.IDENTIFY || !one.claims()
                    ? Optional.<AnonymousId>empty()
                    : one.message().anonymous());
    var changed = new HashSet<Browser>();
    byClaimed.forEach((id, claiming) -> {
      if (claim(person, id, claiming)) {
        id.ifPresent(claimed -> changed.add(new Browser(person.website(), claimed)));
      }
    });
    return changed;
  }

  /** Whether the claim changed whose the id is. */
  private boolean claim(Person person, Optional<AnonymousId> id, List<Arrived> claiming) {
    if (claiming.isEmpty()) {
      return false;
    }
    return switch (claims.decide(claimOf(person, id, claiming))) {
      case Decision.Decided(_, var profile, var linking) -> {
        memberships.join(profile, claiming.stream().map(Arrived::message).toList());
        yield switch (linking) {
          case LINKED, USER_SWITCH -> true;
          case NONE, OWN, RETIRED, REFUSED_LIMIT -> false;
        };
      }
      case Decision.TraitsTooLarge() -> false;
      case Decision.Erased(var at) -> {
        var parts =
            claiming.stream()
                .collect(Collectors.partitioningBy(one -> one.message().receivedAt().isAfter(at)));
        remove(parts.getOrDefault(false, List.of()));
        yield claim(person, id, parts.getOrDefault(true, List.of()));
      }
      case Decision.TakenBack(var alias) -> {
        var parts =
            claiming.stream()
                .collect(
                    Collectors.partitioningBy(
                        one -> alias.hasTakenBack(one.message().receivedAt())));
        claim(person, Optional.empty(), parts.getOrDefault(true, List.of()));
        yield claim(person, id, parts.getOrDefault(false, List.of()));
      }
    };
  }

  private static Claim claimOf(Person person, Optional<AnonymousId> id, List<Arrived> claiming) {
    var byTime = claiming.stream().map(Arrived::message).sorted(BY_TIME).toList();
    var first = byTime.getFirst();
    return new Claim(
        person.website(),
        person.user(),
        id,
        first.time(),
        lastSeen(byTime.stream().map(Message::time).toList()),
        byTime.stream().map(Message::receivedAt).min(Comparator.naturalOrder()).orElseThrow(),
        first.type().word(),
        first.messageId(),
        Traits.NONE,
        true);
  }

  private static Instant lastSeen(List<Instant> times) {
    return times.stream().reduce(Profile::lastSeen).orElseThrow();
  }

  private static final Comparator<Message> BY_TIME =
      Comparator.comparing(Message::time).thenComparing(Message::messageId);

  /** Anonymous events into their owners' timelines, and the backfills that wait. */
  private void bringHome(
      List<Arrived> arrived, Set<Browser> toConverge, Instant deadline, Set<Integer> failed) {
    var byBrowser =
        grouped(
            arrived.stream().filter(one -> one.message().anonymous().isPresent()).toList(),
            one -> new Browser(one.website(), one.message().anonymous().orElseThrow()));
    var work = new ArrayList<Supplier<Work<Boolean>>>();
    byBrowser.forEach((browser, theirs) ->
        work.add(() ->
            attempted(
                theirs,
                false,
                () -> bringHome(browser, theirs, toConverge.contains(browser), deadline))));
    tasks.all(work).forEach(done -> failed.addAll(done.failed()));
  }

  private boolean bringHome(
      Browser browser, List<Arrived> theirs, boolean converges, Instant deadline) {
    var pass =
        converges
            ? converge.run(browser.website(), browser.id(), deadline)
            : Converge.Pass.NOTHING_WAITED;
    var events = anonymousEvents(theirs);
    if (events.isEmpty() || pass == Converge.Pass.COMPLETE) {
      return true;
    }
    settle
        .settle(browser.website(), browser.id(), events)
        .ifPresent(alias -> {
          var owned =
              events.stream().filter(event -> alias.owns(event)).map(Message::time).toList();
          if (!owned.isEmpty()) {
            seen.mark(alias, owned.getFirst(), lastSeen(owned));
          }
        });
    return true;
  }

  /** Each once: a batch may hold a message and its repeat. */
  private static List<Message> anonymousEvents(List<Arrived> theirs) {
    return theirs.stream()
        .map(Arrived::message)
        .filter(message -> message.isEvent() && message.user().isEmpty())
        .distinct()
        .sorted(BY_TIME)
        .toList();
  }

  private record Work<T>(T result, Set<Integer> failed) {}

  /** A failure is that of the records which the work was for; the others go on. */
  private static <T> Work<T> attempted(List<Arrived> works, T otherwise, Supplier<T> work) {
    try {
      return new Work<>(work.get(), Set.of());
    } catch (StoreUnavailableException _) {
      var records = new HashSet<Integer>();
      works.forEach(one -> records.add(one.record()));
      return new Work<>(otherwise, records);
    }
  }

  private static <K> Map<K, List<Arrived>> grouped(
      Collection<Arrived> arrived, Function<Arrived, K> by) {
    var groups = new LinkedHashMap<K, List<Arrived>>();
    arrived.forEach(one -> groups.computeIfAbsent(by.apply(one), _ -> new ArrayList<>()).add(one));
    return groups;
  }
}
