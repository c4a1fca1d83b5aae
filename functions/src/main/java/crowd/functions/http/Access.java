package crowd.functions.http;

import crowd.core.fingerprint.Connection;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.website.KeyRole;
import crowd.core.website.KeyText;
import crowd.core.website.Website;
import crowd.core.website.Websites;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call. A key says who calls and for which website, whatever else is sent; without one, the
 * origin and the website in the body do.
 */
public final class Access {

  private static final String KEY = "x-crowd-key";
  private static final String ORIGIN = "origin";

  /** The same words for a key that is missing, malformed, unknown, wrong or revoked. */
  private static final Problem NO_KEY =
      Problem.unauthorized(
          "The call has no valid key. Send one live key of the website in the header X-Crowd-Key;"
              + " from a browser, send none, and call from an origin that the website allows.");

  private static final Problem BAD_ORIGIN =
      Problem.unauthorized(
          "The website does not allow this origin. Add it to the website's origins, or send a"
              + " server key in X-Crowd-Key.");

  public static final Problem KEY_OF_ANOTHER =
      Problem.forbidden(
          "key_of_another_website",
          "The key is of another website than the one in the field website.");

  /** Whoever looks at the page can read the key. */
  private static final Problem SECRET_KEY_IN_BROWSER =
      Problem.forbidden(
          "secret_key_in_browser",
          "A server key came from a browser, where everybody can read it: revoke it, and send from"
              + " pages the website's public id as website, without a key.");

  private static final Problem SEVERAL_WRITE_KEYS =
      Problem.unauthorized("The call names several write keys that differ. Send one.");

  /** The same words for everything that opens nothing, a missing key too. */
  private static final Problem NO_WRITE_KEY =
      Problem.unauthorized(
          "The call has no valid write key. Send a live server key, or from a page the website's"
              + " public id: as the user name of HTTP Basic with an empty password, or as writeKey"
              + " in the body.");

  private static final Problem PUBLIC_ID_WITHOUT_ORIGIN =
      Problem.unauthorized(
          "The write key is a public id, and those are for pages of the website: the call has no"
              + " Origin. From a server, send a server key as the write key.");

  private final Websites websites;
  private final Metrics metrics;

  public Access(Websites websites, Metrics metrics) {
    this.websites = websites;
    this.metrics = metrics;
  }

  /** What the headers say of the caller. */
  public sealed interface Credentials {

    /** A valid key. */
    record Key(Websites.Grant grant) implements Credentials {}

    /** No key, but an origin: a page, until the website is known. */
    record Page(String origin) implements Credentials {}

    record Refused(Problem problem) implements Credentials {}
  }

  /** Whether the caller may send messages. */
  public sealed interface Admission {
    record Admitted(Caller caller) implements Admission {}

    record Refused(Problem problem) implements Admission {}
  }

  public Credentials credentials(HttpRequest request) {
    var key = request.header(KEY);
    var origin = origin(request);
    if (key.isEmpty() && origin.isPresent()) {
      return new Credentials.Page(origin.get());
    }
    var grant = websites.grant(key.orElse(""));
    if (grant.isEmpty()) {
      return new Credentials.Refused(NO_KEY);
    }
    return isSecretInBrowser(grant.get(), request)
        ? new Credentials.Refused(SECRET_KEY_IN_BROWSER)
        : new Credentials.Key(grant.get());
  }

  private static Optional<String> origin(HttpRequest request) {
    return request.header(ORIGIN).filter(origin -> !origin.isBlank());
  }

  /**
   * Browsers say where a page comes from, servers do not. The API's own page takes a server key
   * from whoever unlinks or erases there, and keeps it nowhere.
   */
  private boolean isSecretInBrowser(Websites.Grant grant, HttpRequest request) {
    boolean is =
        grant.role() == KeyRole.SERVER
            && origin(request).filter(origin -> !isOwn(origin, request)).isPresent();
    if (is) {
      metrics.add(Counter.SECRET_KEYS_IN_BROWSERS);
    }
    return is;
  }

  private static boolean isOwn(String origin, HttpRequest request) {
    return request
        .header("host")
        .filter(host -> origin.equals("https://" + host) || origin.equals("http://" + host))
        .isPresent();
  }

  /** Whether the caller may send messages for the website that the body names. */
  public Admission sender(Credentials credentials, Json.Obj body, Connection connection) {
    if (!(body.get("website").orElse(Json.Null.VALUE) instanceof Json.Text(var name))) {
      return refused(
          Problem.invalid(
              "website",
              body.get("website").isPresent() ? "wrong_type" : "missing",
              "must be a string: the public id of the website"));
    }
    var website = find(name);
    if (website.isEmpty()) {
      return refused(
          Problem.notFound(
              "website_not_found", "There is no website of this id; check the field website."));
    }
    return switch (credentials) {
      case Credentials.Refused(var problem) -> refused(problem);
      case Credentials.Page(var origin) ->
          website.get().allows(origin)
              ? new Admission.Admitted(Caller.page(website.get(), connection))
              : refused(BAD_ORIGIN);
      case Credentials.Key(var grant) -> {
        if (!grant.website().id().equals(website.get().id())) {
          yield refused(KEY_OF_ANOTHER);
        }
        yield grant.role() == KeyRole.SERVER
            ? new Admission.Admitted(Caller.server(grant.website(), connection))
            : refused(Caller.SERVER_ONLY);
      }
    };
  }

  /**
   * Whether the holder of a write key may send messages.
   *
   * @param keys all that the call names, which should be one: a server key, or the public id of a
   *     website, good from its own pages
   */
  public Admission writer(Set<String> keys, HttpRequest request) {
    if (keys.size() > 1) {
      return refused(SEVERAL_WRITE_KEYS);
    }
    var key = keys.stream().findFirst().orElse("");
    if (key.isEmpty() || KeyText.parse(key).isPresent()) {
      return websites
          .grant(key)
          .map(grant -> holder(grant, request))
          .orElseGet(() -> refused(NO_WRITE_KEY));
    }
    return find(key).map(website -> page(website, request)).orElseGet(() -> refused(NO_WRITE_KEY));
  }

  /** One in a browser is counted and taken: what these clients are told, nobody reads. */
  private Admission holder(Websites.Grant grant, HttpRequest request) {
    if (grant.role() != KeyRole.SERVER) {
      return refused(Caller.SERVER_ONLY);
    }
    var _ = isSecretInBrowser(grant, request);
    return new Admission.Admitted(Caller.server(grant.website(), request.connection()));
  }

  private static Admission page(Website website, HttpRequest request) {
    var origin = origin(request);
    if (origin.isEmpty()) {
      return refused(PUBLIC_ID_WITHOUT_ORIGIN);
    }
    return website.allows(origin.get())
        ? new Admission.Admitted(Caller.page(website, request.connection()))
        : refused(BAD_ORIGIN);
  }

  /** Whether messages can be sent with it at all. */
  public boolean isWriteKey(String text) {
    return KeyText.parse(text).isPresent()
        ? websites.grant(text).filter(grant -> grant.role() == KeyRole.SERVER).isPresent()
        : find(text).isPresent();
  }

  private Optional<Website> find(String name) {
    try {
      return websites.find(new WebsiteId(name));
    } catch (IllegalIdException e) {
      return Optional.empty();
    }
  }

  private static Admission refused(Problem problem) {
    return new Admission.Refused(problem);
  }
}
