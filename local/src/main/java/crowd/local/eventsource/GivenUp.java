package crowd.local.eventsource;

/** Why a batch was given up. */
enum GivenUp {
  RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
  RECORD_AGE_EXCEEDED("RecordAgeExceeded");

  private final String word;

  GivenUp(String word) {
    this.word = word;
  }

  /** As Lambda names it. */
  String word() {
    return word;
  }
}
