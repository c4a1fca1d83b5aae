package crowd.core.audit;

import crowd.core.directory.DirectoryRepair;
import crowd.core.directory.DirectoryRepair.Shelf;
import crowd.core.event.StoredEvent;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.observe.Counter;
import crowd.core.profile.Link;
import crowd.core.profile.Profile;
import crowd.core.project.Settle;
import crowd.core.run.Attempts;
import crowd.core.store.Item;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.table.EventRow;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks one person: the links, the copies in the timeline, the work that waits, the directory. */
final class PersonAudit {

  /** Events that are looked at in a timeline, and under each anonymous id: the newest. */
  static final int EVENTS = 1_000;

  private static final int PAGE = 200;

  private final Store store;
  private final Table table;
  private final CopyAudit copies;
  private final LinkAudit links;
  private final Waiting waiting;
  private final DirectoryRepair directory;

  PersonAudit(
      Store store,
      Settle settle,
      Waiting waiting,
      DirectoryRepair directory,
      Attempts attempts,
      InstantSource clock) {
    this.store = store;
    this.table = new Table(store);
    var removal = new Removal(store, attempts);
    this.copies = new CopyAudit(store, settle, removal, clock);
    this.links = new LinkAudit(store, removal);
    this.waiting = waiting;
    this.directory = directory;
  }

  /**
   * @param shelves where the person's entries of the directory stand
   */
  record Checked(Report report, List<Shelf> shelves) {}

  /**
   * What a person's partition holds, and the aliases that it speaks of. They are read in this
   * order: rows, then aliases, then jobs. So a row that its alias does not back is neither of a
   * decision made since nor about to be swept by a job.
   */
  record Person(
      Profile profile,
      List<Link> links,
      List<StoredEvent> events,
      Map<AnonymousId, Alias> aliases,
      List<Item> jobs) {

    UserId user() {
      return profile.user();
    }

    WebsiteId website() {
      return profile.website();
    }

    Set<AnonymousId> linked() {
      return links.stream().map(Link::anonymousId).collect(Collectors.toSet());
    }

    boolean isBeingErased() {
      return jobs.stream().anyMatch(job -> TableKeys.isErasure(job.key()));
    }

    /** Ids whose copies a job will take back. */
    Set<AnonymousId> swept() {
      return jobs.stream()
          .flatMap(job -> TableKeys.unlinkedBy(job.key()).stream())
          .collect(Collectors.toSet());
    }
  }

  /**
   * @throws crowd.core.store.StoreUnavailableException if the store did not answer
   */
  Checked check(WebsiteId website, UserId user, Instant deadline) {
    try {
      var profile = table.profile(website, user);
      return profile.exists() ? check(profile, deadline) : new Checked(Report.NOTHING, List.of());
    } catch (IllegalStateException | IllegalArgumentException | NoSuchElementException _) {
      // A row that cannot be read is no reason to check nobody else.
      return new Checked(Report.of(Counter.UNREADABLE_PEOPLE, 1), List.of());
    }
  }

  private Checked check(Profile profile, Instant deadline) {
    var person = read(profile);
    var report = Report.looked(1, person.events().size());
    for (var alias : person.aliases().values()) {
      if (alias.ownedBy(person.user())) {
        report =
            report.plus(
                alias.copies().waits() ? waiting.check(alias, deadline) : copies.missing(alias));
      }
    }
    for (var job : person.jobs()) {
      report = report.plus(waiting.check(job, deadline));
    }
    if (person.isBeingErased()) {
      // His rows are still there for the job to find its way by.
      return new Checked(report, List.of());
    }
    report =
        report
            .plus(copies.stray(person))
            .plus(links.check(person))
            .plus(Report.of(Counter.MISSING_ENTRIES, directory.restore(profile)));
    return new Checked(report, DirectoryRepair.shelves(profile));
  }

  private Person read(Profile profile) {
    var website = profile.website();
    var user = profile.user();
    var partition = TableKeys.userPartition(website, user);
    var linkRows = table.relations(website, user).links();
    var events = newestEvents(store, partition);
    var ids = new LinkedHashSet<AnonymousId>();
    linkRows.forEach(link -> ids.add(link.anonymousId()));
    events.forEach(event -> event.message().anonymous().ifPresent(ids::add));
    var aliases = table.aliases(website, ids);
    return new Person(
        profile, linkRows, events, aliases, all(Query.prefix(partition, TableKeys.JOBS, PAGE)));
  }

  private List<Item> all(Query query) {
    var items = new ArrayList<Item>();
    store.eachPage(query, items::addAll);
    return items;
  }

  /** About {@link #EVENTS} of a partition. */
  static List<StoredEvent> newestEvents(Store store, String partition) {
    var events = new ArrayList<StoredEvent>();
    var query = Query.prefix(partition, TableKeys.EVENTS, PAGE).newestFirst();
    for (var next = Optional.of(query); next.isPresent() && events.size() < EVENTS; ) {
      var page = store.query(next.get());
      page.items().forEach(item -> events.add(EventRow.read(item)));
      next = Optional.ofNullable(page.next()).map(query::startingAfter);
    }
    return events;
  }
}
