package crowd.simulation.world;

import crowd.simulation.schedule.Choices;
import java.util.Set;

/** Whether something goes wrong now. Ends at some moment, so that the world can come to rest. */
public final class Chaos {

  private static final int THOUSAND = 1000;

  private final Choices choices;
  private final Set<FaultKind> without;
  private final int perThousand;
  private boolean isOn = true;

  /**
   * @param without kinds that do not happen
   * @param perThousand how often a step goes wrong
   */
  public Chaos(Choices choices, Set<FaultKind> without, int perThousand) {
    this.choices = choices;
    this.without = without;
    this.perThousand = perThousand;
  }

  /** Whether one of a step's kinds happens; which, is a second question. */
  boolean strikes() {
    return isOn && perThousand > 0 && choices.next(THOUSAND) < perThousand;
  }

  /** Whether this kind happens, as often as a step goes wrong. */
  boolean happens(FaultKind kind) {
    return isOn && !without.contains(kind) && choices.next(THOUSAND) < perThousand;
  }

  boolean happensOneIn(FaultKind kind, int n) {
    return isOn && !without.contains(kind) && choices.oneIn(n);
  }

  boolean allows(FaultKind kind) {
    return !without.contains(kind);
  }

  int next(int bound) {
    return choices.next(bound);
  }

  boolean isOn() {
    return isOn;
  }

  void set(boolean on) {
    isOn = on;
  }
}
