package crowd.core.person;

import crowd.core.directory.Directory;
import crowd.core.identity.WebsiteId;
import crowd.core.profile.Profile;
import crowd.core.run.Tasks;
import crowd.core.store.Store;
import crowd.core.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists people: those whose id, email or name begins with a text, or all by last seen. */
public final class Search {

  private final Directory directory;
  private final Table table;
  private final People people;
  private final Tasks tasks;

  public Search(Store store, Directory directory, People people, Tasks tasks) {
    this.directory = directory;
    this.table = new Table(store);
    this.people = people;
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
    var profiles = new ArrayList<Profile>();
    if (after == null) {
      owner.ifPresent(profiles::add);
    }
    page.found().stream()
        .filter(found -> owner.map(Profile::user).filter(found.user()::equals).isEmpty())
        .forEach(profiles::add);
    return result(profiles, page.next());
  }

  /** All of the website, most recently seen first, to the hour. */
  public Result newest(WebsiteId website, @Nullable String after, int limit) {
    var page = directory.newest(website, after, limit);
    var profiles =
        table.profiles(website, page.found()).values().stream().filter(Profile::exists).toList();
    return result(profiles, page.next());
  }

  private Result result(List<Profile> profiles, @Nullable String next) {
    var views = new ArrayList<Supplier<PersonView>>();
    profiles.forEach(profile -> views.add(() -> people.summary(profile)));
    return new Result(tasks.all(views), next);
  }
}
