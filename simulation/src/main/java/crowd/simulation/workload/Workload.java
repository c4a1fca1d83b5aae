package crowd.simulation.workload;

import crowd.simulation.schedule.Choices;
import crowd.simulation.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests of one history: few people, few browsers, few moments, so that they meet.
 *
 * <p>An untimed message is not made first anonymous and then with a user: its key is the time of
 * its first arrival under each identity, so that the two are two events.
 */
public final class Workload {

  /** The websites that a history has one or two of. */
  public static final List<String> WEBSITES = List.of("shop", "blog");

  /**
   * Most races need few messages: many short histories find them in less time than few long ones.
   */
  private static final int LONG_ONE_IN = 4;

  /**
   * Several things taken back that meet: what goes wrong there shows in one of millions of the
   * usual histories, and in one of some hundred thousand of little else.
   */
  private static final int UNDOING_ONE_IN = 4;

  private static final int MOMENTS = 20;
  private static final List<String> TRAITS = List.of("plan", "email", "age");
  private static final List<String> VALUES = List.of("\"x\"", "\"y\"", "null", "7");

  private final Choices choices;
  private final boolean isUndoing;
  private final int websites;
  private final int browsers;
  private final int users;
  private final List<SentMessage> sent = new ArrayList<>();

  private Workload(Choices choices) {
    this.choices = choices;
    this.isUndoing = choices.oneIn(UNDOING_ONE_IN);
    this.websites = !isUndoing && choices.oneIn(6) ? 2 : 1;
    this.browsers = choices.oneIn(isUndoing ? 4 : 2) ? 2 : 1;
    this.users = 1 + choices.next(isUndoing ? 2 : 3);
  }

  public static List<Request> of(Choices choices) {
    var workload = new Workload(choices);
    int size = choices.oneIn(LONG_ONE_IN) ? 3 + choices.next(10) : 2 + choices.next(3);
    var requests = new ArrayList<Request>();
    while (workload.sent.size() < size) {
      requests.add(workload.request());
    }
    if (workload.has(30, 17)) {
      workload.addAliases(requests);
    }
    if (workload.has(50, 33)) {
      workload.addUnlinks(requests);
    }
    if (workload.has(50, 20)) {
      workload.addMerges(requests);
    }
    if (workload.has(88, 20)) {
      workload.addErasures(requests);
    }
    return List.copyOf(requests);
  }

  /** Whether the history has something, which so many of a hundred have. */
  private boolean has(int ofUndoing, int ofOthers) {
    return choices.next(100) < (isUndoing ? ofUndoing : ofOthers);
  }

  /**
   * Aliases of browsers, and of users, be it of one whom nobody has seen; half of these with a
   * message of his behind it.
   */
  private void addAliases(List<Request> requests) {
    for (int left = 1 + choices.next(2); left > 0; left--) {
      int user = choices.next(users);
      boolean isOfBrowser = choices.oneIn(3);
      var previous = isOfBrowser ? browser() : "u" + (user + 1 + choices.next(users)) % (users + 1);
      var alias = alias(website(), "u" + user, previous);
      sent.add(alias);
      int place = choices.next(requests.size() + 1);
      requests.add(place, new Request.Single(alias));
      if (!isOfBrowser && choices.oneIn(2)) {
        var message =
            choices.oneIn(2)
                ? track(alias.website(), previous, null)
                : identify(alias.website(), previous, browser());
        sent.add(message);
        int later = place + 1 + choices.next(requests.size() - place);
        requests.add(later, new Request.Single(message));
      }
    }
  }

  /** Unlinks of what is claimed somewhere, or of anybody; now and then with a claim behind it. */
  private void addUnlinks(List<Request> requests) {
    for (int left = 1 + choices.next(2); left > 0; left--) {
      var claims = sent.stream().filter(SentMessage::isClaim).toList();
      var unlink = new Request.Unlink(website(), user(), browser());
      if (!claims.isEmpty() && !choices.oneIn(4)) {
        var claim = claims.get(choices.next(claims.size()));
        unlink =
            new Request.Unlink(
                claim.website(),
                Objects.requireNonNull(claim.user()),
                Objects.requireNonNull(claim.anonymous()));
      }
      int place = choices.next(requests.size() + 1);
      requests.add(place, unlink);
      if (choices.oneIn(2)) {
        var claim = identify(unlink.website(), unlink.anonymous());
        sent.add(claim);
        int later = place + 1 + choices.next(requests.size() - place);
        requests.add(later, new Request.Single(claim));
      }
    }
  }

  /**
   * Merges of any two users, be it in a circle or of somebody whom nobody has seen; half of them
   * taken back later.
   */
  private void addMerges(List<Request> requests) {
    for (int left = 1 + choices.next(3); left > 0; left--) {
      int user = choices.next(users + 1);
      int into = (user + 1 + choices.next(users)) % (users + 1);
      var merge = new Request.Merge(website(), "u" + user, "u" + into, false);
      int place = choices.next(requests.size() + 1);
      requests.add(place, merge);
      if (choices.oneIn(2)) {
        int later = place + 1 + choices.next(requests.size() - place);
        requests.add(later, new Request.Merge(merge.website(), merge.user(), merge.other(), true));
      }
    }
  }

  /** Erasures, be it of somebody whom nobody has seen; half of them with a message behind it. */
  private void addErasures(List<Request> requests) {
    int erasures = isUndoing ? 1 + choices.next(3) : choices.oneIn(4) ? 2 : 1;
    for (int left = erasures; left > 0; left--) {
      var erase = new Request.Erase(website(), choices.oneIn(12) ? "u" + users : user());
      // Seldom before there can be anybody.
      int place = requests.size() / 3 + choices.next(requests.size() - requests.size() / 3 + 1);
      requests.add(place, erase);
      if (choices.oneIn(2)) {
        var message =
            choices.oneIn(3)
                ? track(erase.website(), erase.user(), choices.oneIn(2) ? browser() : null)
                : identify(erase.website(), erase.user(), browser());
        sent.add(message);
        int later = place + 1 + choices.next(requests.size() - place);
        requests.add(later, new Request.Single(message));
      }
    }
  }

  private Request request() {
    if (choices.oneIn(8)) {
      var website = website();
      var messages = new ArrayList<SentMessage>();
      for (int left = 2 + choices.next(2); left > 0; left--) {
        messages.add(message(website));
      }
      return new Request.Batch(messages);
    }
    var message = message(website());
    return message.type().equals(SentMessage.TRACK) && choices.oneIn(12)
        ? new Request.ToOldVersion(message)
        : new Request.Single(message);
  }

  private SentMessage message(String website) {
    var message =
        switch (choices.next(12)) {
          case 0, 1, 2, 3 -> track(website, null, browser());
          case 4 -> track(website, user(), null);
          case 5 -> track(website, user(), browser());
          case 6 -> again(website);
          case 7 -> reset(website);
          case 8 -> identify(website, null);
          default -> identify(website, browser());
        };
    sent.add(message);
    return message;
  }

  private SentMessage track(String website, @Nullable String user, @Nullable String browser) {
    var id = choices.oneIn(6) ? null : "m" + sent.size();
    boolean untimed = id != null && choices.oneIn(6);
    return timed(
        SentMessage.TRACK,
        website,
        user,
        browser,
        id,
        untimed ? null : moment(),
        Map.of(),
        Map.of());
  }

  private SentMessage reset(String website) {
    return timed(
        SentMessage.RESET,
        website,
        null,
        browser(),
        "m" + sent.size(),
        moment(),
        Map.of(),
        Map.of());
  }

  private SentMessage identify(String website, @Nullable String browser) {
    return identify(website, user(), browser);
  }

  private SentMessage identify(String website, String user, @Nullable String browser) {
    return timed(
        SentMessage.IDENTIFY,
        website,
        user,
        browser,
        "m" + sent.size(),
        moment(),
        traits(2),
        traits(3));
  }

  private SentMessage alias(String website, String user, String previous) {
    return timed(
        SentMessage.ALIAS,
        website,
        user,
        previous,
        "m" + sent.size(),
        moment(),
        Map.of(),
        Map.of());
  }

  /** An event with the id and time of another: from another visitor, or now with its user. */
  private SentMessage again(String website) {
    for (var other : sent) {
      if (other.type().equals(SentMessage.TRACK)
          && other.messageId() != null
          && other.timestamp() != null) {
        boolean withUser = choices.oneIn(2);
        return new SentMessage(
            SentMessage.TRACK,
            website,
            withUser ? user() : null,
            withUser && choices.oneIn(2) ? null : browser(),
            other.messageId(),
            other.timestamp(),
            null,
            label(),
            Map.of(),
            Map.of());
      }
    }
    return track(website, null, browser());
  }

  private SentMessage timed(
      String type,
      String website,
      @Nullable String user,
      @Nullable String browser,
      @Nullable String id,
      @Nullable Long timestamp,
      Map<String, String> traits,
      Map<String, String> setOnce) {
    var sentAt =
        timestamp != null && choices.oneIn(6) ? (Long) (timestamp + choices.next(4000)) : null;
    return new SentMessage(
        type, website, user, browser, id, timestamp, sentAt, label(), traits, setOnce);
  }

  private Map<String, String> traits(int oneIn) {
    var traits = new TreeMap<String, String>();
    if (choices.oneIn(oneIn)) {
      for (int left = 1 + choices.next(2); left > 0; left--) {
        traits.put(
            TRAITS.get(choices.next(TRAITS.size())), VALUES.get(choices.next(VALUES.size())));
      }
    }
    return traits;
  }

  private String label() {
    return "e" + sent.size();
  }

  /** Seconds around the beginning, so that many times are equal and some lie ahead. */
  private long moment() {
    return Scheduler.START + (choices.next(MOMENTS) - 10) * 1000L;
  }

  private String website() {
    return WEBSITES.get(choices.next(websites));
  }

  private String browser() {
    return "anon_" + choices.next(browsers);
  }

  private String user() {
    return "u" + choices.next(users);
  }
}
