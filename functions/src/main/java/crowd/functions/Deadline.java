package crowd.functions;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Until when a call may begin new work, so that what is under way can end in time. */
public final class Deadline {

  /** Enough for what one piece of work does at its worst. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  private Deadline() {}

  /** The call's own end less a reserve; of a short call, half of its time. */
  public static Instant of(Context context, InstantSource clock) {
    var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
    var half = remaining.dividedBy(2);
    var reserve = half.compareTo(RESERVE) < 0 ? half : RESERVE;
    return clock.instant().plus(remaining).minus(reserve);
  }
}
