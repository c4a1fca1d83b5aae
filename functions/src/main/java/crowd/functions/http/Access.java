package crowd.functions.http;

import crowd.core.fingerprint.Connection;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
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

  private static final Problem NO_CREDENTIALS =
      Problem.unauthorized(
          "Send a key of the website in the header X-Crowd-Key; from a browser, call from an"
              + " origin that the website allows.");

  /** The same words for a key that is malformed, unknown, wrong or revoked. */
  private static final Problem BAD_KEY =
      Problem.unauthorized("The key in X-Crowd-Key is not valid. Send one key that is live.");

  private static final Problem BAD_ORIGIN =
      Problem.unauthorized(
          "The website does not allow this origin. Add it to the website's origins, or send a"
              + " server key in X-Crowd-Key.");

  public static final Problem KEY_OF_ANOTHER =
      Problem.forbidden(
          "key_of_another_website",
          "The key is of another website than the one in the field website.");

  private static final Problem NO_WRITE_KEY =
      Problem.unauthorized(
          "Send the write key, a server key or the website's public id: as the user name of HTTP"
              + " Basic with an empty password, or as writeKey in the body.");

  private static final Problem SEVERAL_WRITE_KEYS =
      Problem.unauthorized("The call names several write keys that differ. Send one.");

  /** The same words for everything that opens nothing. */
  private static final Problem BAD_WRITE_KEY =
      Problem.unauthorized(
          "The write key is neither a live server key nor the public id of a website.");

  private static final Problem PUBLIC_ID_WITHOUT_ORIGIN =
      Problem.unauthorized(
          "The write key is a public id, and those are for pages of the website: the call has no"
              + " Origin. From a server, send a server key as the write key.");

  private final Websites websites;

  public Access(Websites websites) {
    this.websites = websites;
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
    if (key.isPresent()) {
      return websites
          .grant(key.get())
          .<Credentials>map(Credentials.Key::new)
          .orElse(new Credentials.Refused(BAD_KEY));
    }
    return request
        .header(ORIGIN)
        .filter(origin -> !origin.isBlank())
        .<Credentials>map(Credentials.Page::new)
        .orElse(new Credentials.Refused(NO_CREDENTIALS));
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
              ? new Admission.Admitted(new Caller(website.get(), false, connection))
              : refused(BAD_ORIGIN);
      case Credentials.Key(var grant) -> {
        if (!grant.website().id().equals(website.get().id())) {
          yield refused(KEY_OF_ANOTHER);
        }
        yield grant.role() == KeyRole.SERVER
            ? new Admission.Admitted(new Caller(grant.website(), true, connection))
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
    if (keys.size() != 1) {
      return refused(keys.isEmpty() ? NO_WRITE_KEY : SEVERAL_WRITE_KEYS);
    }
    var key = keys.iterator().next();
    if (KeyText.parse(key).isPresent()) {
      return websites
          .grant(key)
          .map(grant ->
              grant.role() == KeyRole.SERVER
                  ? new Admission.Admitted(new Caller(grant.website(), true, request.connection()))
                  : refused(Caller.SERVER_ONLY))
          .orElseGet(() -> refused(BAD_WRITE_KEY));
    }
    return find(key).map(website -> page(website, request)).orElseGet(() -> refused(BAD_WRITE_KEY));
  }

  private static Admission page(Website website, HttpRequest request) {
    var origin = request.header(ORIGIN).filter(text -> !text.isBlank());
    if (origin.isEmpty()) {
      return refused(PUBLIC_ID_WITHOUT_ORIGIN);
    }
    return website.allows(origin.get())
        ? new Admission.Admitted(new Caller(website, false, request.connection()))
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
