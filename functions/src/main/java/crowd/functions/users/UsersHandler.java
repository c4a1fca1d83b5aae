package crowd.functions.users;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.json.Unicode;
import crowd.core.merge.Union;
import crowd.core.person.People;
import crowd.core.person.Search;
import crowd.core.timeline.Timeline;
import crowd.core.timeline.TimelineQuery;
import crowd.core.website.FirstEvents;
import crowd.core.website.Websites;
import crowd.functions.Wiring;
import crowd.functions.http.Access;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpFunction;
import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import crowd.functions.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A website and its people, for its servers and its dashboard. */
public final class UsersHandler extends HttpFunction {

  private static final HttpReply NO_SUCH_USER =
      HttpReply.problem(
          Problem.notFound(
              "user_not_found", "The website knows no user of this id, nor one who has it."));

  private static final int EVENTS_READ_AT_ONCE = 100;

  /**
   * A page of events that has so many bytes ends. What is read at once may have 3.2 MB more, and an
   * answer of a function 6 MB in all.
   */
  private static final int ENOUGH_BYTES = 2_000_000;

  private final Access access;
  private final Search search;
  private final People people;
  private final Timeline timeline;
  private final FirstEvents firstEvents;

  public UsersHandler() {
    this(Wiring.fromEnvironment());
  }

  public UsersHandler(Wiring wiring) {
    super("users", wiring.edge());
    this.access = wiring.access();
    this.search = wiring.search();
    this.people = wiring.people();
    this.timeline = wiring.timeline();
    this.firstEvents = wiring.firstEvents();
  }

  /**
   * @param next null at the end
   */
  private record EventsPage(List<Json.Obj> events, @Nullable String next) {}

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
      case Access.Credentials.Key(var grant) -> read(grant, request);
    };
  }

  private HttpReply read(Websites.Grant grant, HttpRequest request) {
    var parameters = new Parameters(request);
    var website = grant.website().id();
    return switch (request.route()) {
      case "/website" -> HttpReply.ok(WebsiteJson.write(grant, firstEvents.of(website)));
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
    int limit = parameters.limit(Parameters.MAX_USERS);
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
    var after = parameters.after(cursor);
    int limit = parameters.limit(Parameters.MAX_EVENTS);
    return parameters
        .refusal()
        .or(() ->
            people
                .person(website, id)
                .map(person -> events(person, newestFirst, after, limit))
                .map(found ->
                    HttpReply.ok(
                        page("events", found.events(), event -> event, cursor, found.next()))))
        .orElse(NO_SUCH_USER);
  }

  /** A page as long as was asked for, or as an answer can be. */
  private EventsPage events(Union person, boolean newestFirst, @Nullable String after, int limit) {
    var events = new ArrayList<Json.Obj>();
    int bytes = 0;
    var next = after;
    do {
      int left = Math.min(EVENTS_READ_AT_ONCE, limit - events.size());
      var read = timeline.read(person, new TimelineQuery(newestFirst, next, left));
      for (var event : read.events()) {
        var json = EventJson.write(event);
        bytes += Unicode.utf8Length(JsonText.write(json));
        events.add(json);
      }
      next = read.next();
    } while (next != null && events.size() < limit && bytes < ENOUGH_BYTES);
    return new EventsPage(events, next);
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
