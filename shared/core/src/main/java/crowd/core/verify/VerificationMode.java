package crowd.core.verify;

import java.util.Locale;
import java.util.Optional;

/** What happens to a browser's message whose user id is not proved. */
public enum VerificationMode {
  /** Nothing is asked for, and what is sent as proof is not looked at. */
  OFF,
  /** It is taken; counted, and answered with a warning. */
  REPORT,
  /** It is taken as an anonymous one, or refused. */
  ENFORCE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<VerificationMode> of(String word) {
    for (var mode : values()) {
      if (mode.word().equals(word)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
