package crowd.core.person;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.profile.Link;
import crowd.core.profile.Profile;
import crowd.core.store.Store;
import crowd.core.table.Table;
import crowd.core.timeline.Timeline;
import crowd.core.timeline.TimelineEvent;
import crowd.core.timeline.TimelineQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Looks people up by id. */
public final class People {

  private final Table table;
  private final Timeline timeline;

  public People(Store store, Timeline timeline) {
    this.table = new Table(store);
    this.timeline = timeline;
  }

  /**
   * The user with this id, or the owner of the anonymous id.
   *
   * @return empty if there is neither
   */
  public Optional<PersonView> find(WebsiteId website, String id) {
    return resolve(website, id).map(profile -> view(profile, id));
  }

  /** The profile alone, for those who go on to read more of the person. */
  public Optional<Profile> resolve(WebsiteId website, String id) {
    try {
      var user = new UserId(id);
      var standing = table.standing(website, user, Optional.of(new AnonymousId(id)));
      if (standing.profile().exists()) {
        return Optional.of(standing.profile());
      }
      return standing
          .alias()
          .flatMap(alias -> alias.owner())
          .map(owner -> table.profile(website, owner))
          .filter(Profile::exists);
    } catch (IllegalIdException _) {
      return Optional.empty();
    }
  }

  /** As the list shows him: without a look at the timeline. */
  PersonView summary(Profile profile) {
    return new PersonView(
        profile.user(),
        profile.traits().values(),
        some(profile.firstSeen(), Instant.MAX),
        some(profile.lastSeen(), Instant.MIN),
        links(profile),
        Optional.empty());
  }

  /**
   * The profile's times lag: last seen moves once an hour, and a backfill may be under way. The
   * timeline does not.
   */
  private PersonView view(Profile profile, String id) {
    var links = links(profile);
    return new PersonView(
        profile.user(),
        profile.traits().values(),
        combined(
            some(profile.firstSeen(), Instant.MAX),
            end(profile, links, false),
            BinaryOperator.minBy(Comparator.naturalOrder())),
        combined(
            some(profile.lastSeen(), Instant.MIN),
            end(profile, links, true),
            BinaryOperator.maxBy(Comparator.naturalOrder())),
        links,
        profile.user().value().equals(id) ? Optional.empty() : Optional.of(id));
  }

  private List<Link> links(Profile profile) {
    return table.links(profile.website(), profile.user()).stream()
        .sorted(Comparator.comparing(Link::linkedAt).thenComparing(Link::anonymousId))
        .toList();
  }

  /** The time of the first or last event by the sender's time. */
  private Optional<Instant> end(Profile profile, List<Link> links, boolean newest) {
    return timeline
        .read(profile.website(), profile.user(), links, new TimelineQuery(newest, null, 1))
        .events()
        .stream()
        .map(TimelineEvent::message)
        .map(message -> message.time())
        .findFirst();
  }

  private static Optional<Instant> some(Instant time, Instant none) {
    return time.equals(none) ? Optional.empty() : Optional.of(time);
  }

  private static Optional<Instant> combined(
      Optional<Instant> a, Optional<Instant> b, BinaryOperator<Instant> by) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    return Optional.of(by.apply(a.get(), b.get()));
  }
}
