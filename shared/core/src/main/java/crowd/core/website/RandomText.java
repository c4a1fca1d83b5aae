package crowd.core.website;

import java.security.SecureRandom;

/** Letters and digits that nobody guesses: 5.9 bits each. */
final class RandomText {

  static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private RandomText() {}

  static String of(int length) {
    // Not made at start-up: a snapshot of a started function would make the same texts.
    return of(length, new SecureRandom());
  }

  static String of(int length, SecureRandom random) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    return text.toString();
  }
}
