package crowd.simulation.oracle;

import crowd.simulation.workload.SentMessage;
import java.util.ArrayList;
import java.util.List;

/** All that was sent. */
public final class Ledger {

  private final long retention;
  private final List<Attempt> attempts = new ArrayList<>();

  /**
   * @param retention milliseconds for which an event is kept that is nobody's
   */
  public Ledger(long retention) {
    this.retention = retention;
  }

  public Attempt sent(SentMessage message, long receivedAt) {
    var attempt = new Attempt(message, receivedAt, retention);
    attempts.add(attempt);
    return attempt;
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
