package crowd.core.verify;

/** How far the sender of a message may speak for the user that it names. */
public enum Trust {
  /** A server key speaks for every user of its website. */
  SERVER,
  /** A browser, with the proof of the website's own server. */
  PROVED,
  /** A browser without one: anybody. */
  UNPROVED;

  /** Whether it is known that the user is meant. */
  public boolean isVerified() {
    return this != UNPROVED;
  }
}
