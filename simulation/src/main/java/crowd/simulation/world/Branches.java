package crowd.simulation.world;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** In how many histories each branch was reached. */
public final class Branches {

  private final Set<Branch> here = EnumSet.noneOf(Branch.class);
  private final Map<Branch, Long> histories = new EnumMap<>(Branch.class);

  void reached(Branch branch) {
    here.add(branch);
  }

  /** Counts the history that ends here. */
  public void endHistory() {
    here.forEach(branch -> histories.merge(branch, 1L, Long::sum));
    here.clear();
  }

  /** By name; 0 for those never reached. */
  public Map<String, Long> counts() {
    var counts = new TreeMap<String, Long>();
    for (var branch : Branch.values()) {
      counts.put(branch.name(), histories.getOrDefault(branch, 0L));
    }
    return counts;
  }
}
