package crowd.core.timeline;

import crowd.core.event.StoredEvent;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.merge.Union;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.table.TableKeys;
import crowd.core.timeline.EventSource.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a person did, right at every moment: the user's partition, and for each anonymous id whose
 * copies are not all made the id's own events. Which events belong is decided here by rule R2 on
 * aliases that were just read, R4 by the users who are one person; a copy that should not be there
 * is not shown.
 */
public final class Timeline {

  private static final int PAGE = 200;

  private final Store store;

  public Timeline(Store store) {
    this.store = store;
  }

  /**
   * @param person just read
   */
  public TimelinePage read(Union person, TimelineQuery query) {
    var sources = sources(person, query);
    var aliases = new HashMap<AnonymousId, Alias>();
    person.members().forEach(member -> aliases.putAll(member.aliases()));
    var events = new ArrayList<TimelineEvent>();
    String last = null;
    while (!sources.isEmpty()) {
      var group = sources.next();
      if (events.size() == query.limit()) {
        return new TimelinePage(events, last);
      }
      events.add(event(group.shown(), aliases));
      last = group.key();
    }
    return new TimelinePage(events, null);
  }

  private Sources sources(Union person, TimelineQuery query) {
    var sources = new ArrayList<EventSource>();
    for (var member : person.members()) {
      var profile = member.profile();
      var byOrigin = new HashMap<String, Alias>();
      member.aliases().forEach((id, alias) -> byOrigin.put(StoredEvent.originOf(id), alias));
      sources.add(
          new EventSource(
              store,
              events(TableKeys.userPartition(profile.website(), profile.user()), query),
              event ->
                  event.isCopy()
                      ? isOwned(byOrigin.get(event.origin()), event)
                      : !profile.hasErased(event.message())));
      for (var alias : member.aliases().values()) {
        if (!alias.copies().areAllMade()) {
          sources.add(
              new EventSource(
                  store,
                  events(TableKeys.anonymousPartition(profile.website(), alias.id()), query),
                  event -> isOwned(alias, event)));
        }
      }
    }
    return new Sources(sources, query.newestFirst());
  }

  private static boolean isOwned(@Nullable Alias alias, StoredEvent event) {
    return alias != null && alias.owns(event.message());
  }

  private static Query events(String partition, TimelineQuery query) {
    int page = Math.min(PAGE, query.limit() + 1);
    var all = Query.prefix(partition, TableKeys.EVENTS, page);
    var directed = query.newestFirst() ? all.newestFirst() : all;
    if (query.after() == null) {
      return directed;
    }
    return directed.startingAfter(
        query.newestFirst() ? query.after() : query.after() + Query.HIGHEST);
  }

  private static TimelineEvent event(StoredEvent shown, Map<AnonymousId, Alias> owned) {
    var message = shown.message();
    boolean before =
        message.user().isEmpty()
            && message
                .anonymous()
                .map(owned::get)
                .map(Alias::ownership)
                .filter(ownership -> !message.time().isAfter(ownership.claimedAt()))
                .isPresent();
    return new TimelineEvent(message, before);
  }

  /** Several sources as one: equal groups once. */
  private static final class Sources {

    private record Head(Group group, EventSource source) {}

    private final PriorityQueue<Head> heads;

    Sources(List<EventSource> sources, boolean newestFirst) {
      Comparator<Head> order = (a, b) -> Group.inOrder(a.group(), b.group());
      heads = new PriorityQueue<>(newestFirst ? order.reversed() : order);
      sources.forEach(this::advance);
    }

    private void advance(EventSource source) {
      source.next().ifPresent(group -> heads.add(new Head(group, source)));
    }

    boolean isEmpty() {
      return heads.isEmpty();
    }

    Group next() {
      var first = heads.remove();
      advance(first.source());
      var group = first.group();
      for (var same = heads.peek();
          same != null && same.group().key().equals(group.key());
          same = heads.peek()) {
        heads.remove();
        advance(same.source());
        group = group.with(same.group());
      }
      return group;
    }
  }
}
