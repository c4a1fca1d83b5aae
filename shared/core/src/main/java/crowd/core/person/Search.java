package crowd.core.person;

import crowd.core.directory.Directory;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.Unions;
import crowd.core.profile.Profile;
import crowd.core.run.Tasks;
import crowd.core.store.Store;
import crowd.core.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists people: those whose id, email or name begins with a text, or all by last seen. */
public final class Search {

  private final Directory directory;
  private final Table table;
  private final People people;
  private final Unions unions;
  private final Tasks tasks;

  public Search(Store store, Directory directory, People people, Tasks tasks) {
    this.directory = directory;
    this.table = new Table(store);
    this.people = people;
    this.unions = new Unions(store);
    this.tasks = tasks;
  }

  /**
   * A page of people.
   *
   * @param next what to pass as {@code after} for the next page; null at the end
   */
  public record Result(List<PersonView> people, @Nullable String next) {
    public Result {
      people = List.copyOf(people);
    }
  }

  /**
   * Those whose user id, email or name begins with the query, each once; and the owner of the
   * anonymous id that the query is, if it is one, at the top of the first page (which may hold one
   * more than the limit then).
   *
   * @param after from the page before, unchanged; null for the first
   */
  public Result matching(WebsiteId website, String query, @Nullable String after, int limit) {
    var owner = people.resolve(website, query).filter(found -> !found.user().value().equals(query));
    var page = directory.matching(website, query, after, limit);
    var found = new ArrayList<Profile>();
    if (after == null) {
      owner.ifPresent(found::add);
    }
    page.found().stream()
        .map(unions::root)
        .filter(root -> owner.map(Profile::user).filter(root.user()::equals).isEmpty())
        .forEach(found::add);
    return result(found, page.next());
  }

  /** All of the website, most recently seen first, to the hour. */
  public Result newest(WebsiteId website, @Nullable String after, int limit) {
    var page = directory.newest(website, after, limit);
    var found =
        table.profiles(website, page.found()).values().stream()
            .filter(Profile::exists)
            .map(unions::root)
            .toList();
    return result(found, page.next());
  }

  /** Users who are one person are shown once on a page, where the first of them was found. */
  private Result result(List<Profile> roots, @Nullable String next) {
    var once = new LinkedHashMap<UserId, Profile>();
    roots.stream().filter(Profile::exists).forEach(root -> once.putIfAbsent(root.user(), root));
    var views = new ArrayList<Supplier<PersonView>>();
    once.values().forEach(root -> views.add(() -> people.summary(root)));
    return new Result(tasks.all(views), next);
  }
}
