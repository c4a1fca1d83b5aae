package crowd.functions.users;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.person.People;
import crowd.core.person.Search;
import crowd.core.timeline.Timeline;
import crowd.core.timeline.TimelineQuery;
import crowd.functions.Wiring;
import crowd.functions.http.Access;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpFunction;
import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import crowd.functions.http.Problem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The people of a website, for its servers and its dashboard. */
public final class UsersHandler extends HttpFunction {

  private static final HttpReply NO_SUCH_USER =
      HttpReply.problem(
          Problem.notFound(
              "user_not_found", "The website knows no user of this id, nor one who has it."));

  private final Access access;
  private final Search search;
  private final People people;
  private final Timeline timeline;

  public UsersHandler() {
    this(Wiring.fromEnvironment());
  }

  public UsersHandler(Wiring wiring) {
    super("users", wiring.edge());
    this.access = wiring.access();
    this.search = wiring.search();
    this.people = wiring.people();
    this.timeline = wiring.timeline();
  }

  @Override
  protected HttpReply handle(HttpRequest request) {
    if (!request.method().equals("GET")) {
      // Another function deletes.
      return HttpReply.methodNotAllowed(
          request.route().equals("/users/{id}") ? "GET, DELETE" : "GET");
    }
    return switch (access.credentials(request)) {
      case Access.Credentials.Refused(var problem) -> HttpReply.problem(problem);
      case Access.Credentials.Page _ -> HttpReply.problem(Caller.SERVER_ONLY);
      case Access.Credentials.Key(var grant) ->
          read(grant.website().id(), request).of(grant.website().id());
    };
  }

  private HttpReply read(WebsiteId website, HttpRequest request) {
    var parameters = new Parameters(request);
    return switch (request.route()) {
      case "/users" -> list(website, parameters);
      case "/users/{id}" -> one(website, parameters);
      case "/users/{id}/events" -> events(website, parameters);
      default -> HttpReply.noRoute();
    };
  }

  private HttpReply list(WebsiteId website, Parameters parameters) {
    var query = parameters.query();
    var cursor = new Cursor(List.of(website.value(), "users", query.orElse("")));
    var after = parameters.after(cursor);
    int limit = parameters.limit();
    return parameters
        .refusal()
        .orElseGet(() -> {
          var found =
              query
                  .map(text -> search.matching(website, text, after, limit))
                  .orElseGet(() -> search.newest(website, after, limit));
          return HttpReply.ok(
              page("users", found.people(), UserJson::summary, cursor, found.next()));
        });
  }

  private HttpReply one(WebsiteId website, Parameters parameters) {
    var id = parameters.id();
    return parameters
        .refusal()
        .orElseGet(() ->
            people
                .find(website, id)
                .map(person -> HttpReply.ok(UserJson.whole(person)))
                .orElse(NO_SUCH_USER));
  }

  private HttpReply events(WebsiteId website, Parameters parameters) {
    var id = parameters.id();
    boolean newestFirst = parameters.newestFirst();
    var cursor = new Cursor(List.of(website.value(), "events", id, newestFirst ? "desc" : "asc"));
    var query = new TimelineQuery(newestFirst, parameters.after(cursor), parameters.limit());
    return parameters
        .refusal()
        .or(() ->
            people
                .person(website, id)
                .map(person -> timeline.read(person, query))
                .map(found ->
                    HttpReply.ok(
                        page("events", found.events(), EventJson::write, cursor, found.next()))))
        .orElse(NO_SUCH_USER);
  }

  private static <T> Json.Obj page(
      String name,
      List<T> values,
      Function<T, Json.Obj> json,
      Cursor cursor,
      @Nullable String next) {
    return Json.Obj.EMPTY
        .with(name, new Json.Arr(values.stream().<Json>map(json).toList()))
        .with("next_cursor", next == null ? Json.Null.VALUE : new Json.Text(cursor.write(next)));
  }
}
