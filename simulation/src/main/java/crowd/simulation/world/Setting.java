package crowd.simulation.world;

import crowd.core.project.Converge;
import crowd.simulation.schedule.Choices;
import java.util.Optional;

/**
 * What one history is like.
 *
 * @param isPct which of the two schedules
 * @param fansOut whether the tasks of a use case run at once
 * @param faultsPerThousand steps that go wrong
 * @param pageSize most items of a page: the store may always answer fewer than were asked for
 * @param maxCopiedEvents see {@link Converge}
 * @param timeForCopies milliseconds after which the consumer begins no new page
 * @param retention milliseconds for which an event is kept that is nobody's
 * @param limitedUser a user who has nearly all the links that he may have
 * @param crowdedUser a user into whom as many others are merged as may be
 * @param hasSecondPart whether days later records come again, and new requests
 */
public record Setting(
    boolean isPct,
    boolean fansOut,
    int faultsPerThousand,
    int pageSize,
    int maxCopiedEvents,
    long timeForCopies,
    long retention,
    Optional<String> limitedUser,
    Optional<String> crowdedUser,
    boolean hasSecondPart) {

  private static final long YEAR = 365L * 24 * 60 * 60 * 1000;

  static Setting of(long seed, Choices choices) {
    return new Setting(
        (seed & 1) == 1,
        choices.oneIn(2),
        switch (choices.next(4)) {
          case 0 -> 0;
          case 1 -> 20;
          case 2 -> 50;
          default -> 120;
        },
        choices.oneIn(2) ? 1000 : 1 + choices.next(3),
        choices.oneIn(8) ? 2 : Converge.MAX_COPIED_EVENTS,
        choices.oneIn(4) ? 0 : 55_000,
        choices.oneIn(8) ? 5_000 : YEAR,
        choices.oneIn(12) ? Optional.of("u0") : Optional.empty(),
        choices.oneIn(50) ? Optional.of("u0") : Optional.empty(),
        choices.oneIn(4));
  }

  /** Nothing goes wrong, and nothing is special. */
  static Setting calm() {
    return plain(false, 0, false);
  }

  /** The same, with nothing special. */
  public Setting plain() {
    return plain(isPct, faultsPerThousand, hasSecondPart);
  }

  private static Setting plain(boolean isPct, int faultsPerThousand, boolean hasSecondPart) {
    return new Setting(
        isPct,
        false,
        faultsPerThousand,
        1000,
        Converge.MAX_COPIED_EVENTS,
        55_000,
        YEAR,
        Optional.empty(),
        Optional.empty(),
        hasSecondPart);
  }

  /** The same without what comes days later: all requests come in the first part. */
  public Setting withoutSecondPart() {
    return new Setting(
        isPct,
        fansOut,
        faultsPerThousand,
        pageSize,
        maxCopiedEvents,
        timeForCopies,
        retention,
        limitedUser,
        crowdedUser,
        false);
  }
}
