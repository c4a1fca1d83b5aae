package crowd.simulation.oracle;

import crowd.simulation.workload.SentMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that was sent. */
public final class Ledger {

  private final long retention;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Set<Link> unlinks = new HashSet<>();
  private final Set<Link> unlinksDone = new HashSet<>();

  private record Link(Browser browser, String user) {}

  /**
   * @param retention milliseconds for which an event is kept that is nobody's
   */
  public Ledger(long retention) {
    this.retention = retention;
  }

  public Attempt sent(SentMessage message, long receivedAt) {
    var attempt = new Attempt(attempts.size(), message, receivedAt, retention);
    attempts.add(attempt);
    return attempt;
  }

  /** Somebody asks for the anonymous id to be taken from the user. */
  public void unlinkSent(Browser browser, String user) {
    unlinks.add(new Link(browser, user));
  }

  /** Somebody was told that it is taken from him. */
  public void unlinkDone(Browser browser, String user) {
    unlinksDone.add(new Link(browser, user));
  }

  /** The users of whom somebody was told that the id is taken from them. */
  List<String> usersWithout(Browser browser) {
    return users(unlinksDone, browser);
  }

  /** The users from whom somebody asked for the id to be taken. */
  List<String> unlinksSent(Browser browser) {
    return users(unlinks, browser);
  }

  private static List<String> users(Set<Link> links, Browser browser) {
    var users = new ArrayList<String>();
    for (var link : links) {
      if (link.browser().equals(browser)) {
        users.add(link.user());
      }
    }
    return users;
  }

  List<Attempt> attempts() {
    return attempts;
  }

  /** Of one anonymous id. */
  List<Attempt> about(Browser browser) {
    var about = new ArrayList<Attempt>();
    for (var attempt : attempts) {
      if (attempt.message().website().equals(browser.website())
          && browser.id().equals(attempt.message().anonymous())) {
        about.add(attempt);
      }
    }
    return about;
  }
}
