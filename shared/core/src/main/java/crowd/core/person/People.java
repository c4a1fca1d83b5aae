package crowd.core.person;

import crowd.core.group.GroupView;
import crowd.core.group.Groups;
import crowd.core.history.Decided;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.MergedIn;
import crowd.core.merge.Union;
import crowd.core.merge.Unions;
import crowd.core.profile.Link;
import crowd.core.profile.Profile;
import crowd.core.store.Store;
import crowd.core.table.Table;
import crowd.core.timeline.Timeline;
import crowd.core.timeline.TimelineEvent;
import crowd.core.timeline.TimelineQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Looks people up by any of their ids. */
public final class People {

  private final Table table;
  private final Unions unions;
  private final Groups groups;
  private final Timeline timeline;

  public People(Store store, Timeline timeline) {
    this.table = new Table(store);
    this.unions = new Unions(store);
    this.groups = new Groups(store);
    this.timeline = timeline;
  }

  /**
   * The user with this id, the one whom he was merged into, or the owner of the anonymous id.
   *
   * @return empty if there is none
   */
  public Optional<PersonView> find(WebsiteId website, String id) {
    return person(website, id).map(person -> view(person, id));
  }

  /** All users that are one person, for those who go on to read more of it. */
  public Optional<Union> person(WebsiteId website, String id) {
    return resolve(website, id).map(unions::of);
  }

  /** The profile that an id leads to. */
  public Optional<Profile> resolve(WebsiteId website, String id) {
    try {
      var user = new UserId(id);
      var standing = table.standing(website, user, Optional.of(new AnonymousId(id)));
      if (standing.profile().exists()) {
        return Optional.of(unions.root(standing.profile())).filter(Profile::exists);
      }
      return standing.alias().flatMap(this::owner).map(unions::root).filter(Profile::exists);
    } catch (IllegalIdException _) {
      return Optional.empty();
    }
  }

  private Optional<Profile> owner(Alias alias) {
    return alias
        .owner()
        .map(user -> table.profile(alias.website(), user))
        .filter(Profile::exists)
        .filter(owner -> !alias.isErasedWith(owner.user(), owner.erasedAt()));
  }

  /** As the list shows him: without a look at the timeline. */
  PersonView summary(Profile root) {
    var person = unions.of(root);
    return view(person, root.user().value(), List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * The profiles' times lag: last seen moves once an hour, and a backfill may be under way. The
   * timeline does not.
   */
  private PersonView view(Union person, String id) {
    return view(person, id, groups.of(person), end(person, false), end(person, true));
  }

  private static PersonView view(
      Union person,
      String id,
      List<GroupView> groups,
      Optional<Instant> first,
      Optional<Instant> last) {
    var root = person.root();
    var seen = person.members().stream().map(Union.Member::profile).toList();
    return new PersonView(
        root.user(),
        person.traits(),
        seen.stream()
            .flatMap(profile -> some(profile.firstSeen(), Instant.MAX).stream())
            .reduce(BinaryOperator.minBy(Comparator.naturalOrder()))
            .map(time -> first.filter(time::isAfter).orElse(time))
            .or(() -> first),
        seen.stream()
            .flatMap(profile -> some(profile.lastSeen(), Instant.MIN).stream())
            .reduce(BinaryOperator.maxBy(Comparator.naturalOrder()))
            .map(time -> last.filter(time::isBefore).orElse(time))
            .or(() -> last),
        all(
            person,
            Union.Member::links,
            Comparator.comparing(Link::linkedAt).thenComparing(Link::anonymousId)),
        merged(person),
        groups,
        all(
            person,
            member -> history(person, member),
            Comparator.comparing(Decided::at)
                .thenComparing(Decided::discriminator)
                .thenComparing(Decided::user)),
        root.user().value().equals(id) ? Optional.empty() : Optional.of(id));
  }

  private static List<MergedIn> merged(Union person) {
    var users = users(person);
    return all(
        person,
        member ->
            member.relations().merged().stream()
                .filter(merged -> users.contains(merged.user()))
                .toList(),
        Comparator.comparing(MergedIn::mergedAt).thenComparing(MergedIn::user));
  }

  /** That two of the person's users were merged stands with both: it is shown once. */
  private static List<Decided> history(Union person, Union.Member member) {
    var erasedAt = member.profile().erasedAt();
    var users = users(person);
    return member.relations().history().stream()
        .filter(decided -> decided.at().isAfter(erasedAt))
        .filter(decided ->
            decided.kind() != Decided.Kind.MERGED
                || decided.counterpart().filter(users::contains).isEmpty())
        .toList();
  }

  private static List<UserId> users(Union person) {
    return person.members().stream().map(member -> member.profile().user()).toList();
  }

  private static <T> List<T> all(
      Union person,
      Function<Union.Member, ? extends Collection<T>> ofMember,
      Comparator<? super T> order) {
    return person.members().stream()
        .<T>flatMap(member -> ofMember.apply(member).stream())
        .sorted(order)
        .toList();
  }

  /** The time of the first or last event by the sender's time. */
  private Optional<Instant> end(Union person, boolean newest) {
    return timeline.read(person, new TimelineQuery(newest, null, 1)).events().stream()
        .map(TimelineEvent::message)
        .map(message -> message.time())
        .findFirst();
  }

  private static Optional<Instant> some(Instant time, Instant none) {
    return time.equals(none) ? Optional.empty() : Optional.of(time);
  }
}
