package crowd.simulation.oracle;

import crowd.simulation.workload.SentMessage;

/** One sending of a message: each arrives at a time of its own. */
public final class Attempt {

  private final int number;
  private final SentMessage message;
  private final long receivedAt;
  private final long retention;
  private boolean isAcknowledged;
  private boolean isConsumed;

  Attempt(int number, SentMessage message, long receivedAt, long retention) {
    this.number = number;
    this.message = message;
    this.receivedAt = receivedAt;
    this.retention = retention;
  }

  /** How many were sent before. */
  int number() {
    return number;
  }

  public SentMessage message() {
    return message;
  }

  public long receivedAt() {
    return receivedAt;
  }

  /** The client was told that it is taken. */
  public void acknowledge() {
    isAcknowledged = true;
  }

  boolean isAcknowledged() {
    return isAcknowledged;
  }

  /** The consumer has done with it. */
  public void consume() {
    isConsumed = true;
  }

  public boolean isConsumed() {
    return isConsumed;
  }

  /** When it happened, on the server's clock; never after its arrival. */
  public long time() {
    var timestamp = message.timestamp();
    if (timestamp == null) {
      return receivedAt;
    }
    var sentAt = message.sentAt();
    long time = sentAt == null ? timestamp : receivedAt - (sentAt - timestamp);
    return Math.min(time, receivedAt);
  }

  /** When its retention ends while it is nobody's. */
  public long expires() {
    return receivedAt + retention;
  }
}
