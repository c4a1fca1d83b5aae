package crowd.local.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose the anonymous ids of a history are at a moment.
 *
 * @param byId without those that are nobody's
 * @param unclear ids that were somebody's who was erased, and still say so: what was received since
 *     is nobody's, and goes or stays with his next erasure, as the jobs of the two come
 */
record Owners(Map<String, String> byId, Set<String> unclear) {

  static Owners of(List<String> anonymousIds, RawTable table) {
    var byId = new HashMap<String, String>();
    var unclear = new HashSet<String>();
    for (var id : anonymousIds) {
      var link = table.link(id);
      if (link.owner().isEmpty()) {
        continue;
      }
      if (table.isStale(link)) {
        unclear.add(id);
      } else {
        byId.put(id, link.owner());
      }
    }
    return new Owners(byId, unclear);
  }

  boolean isNobodys(String anonymousId) {
    return !byId.containsKey(anonymousId) && !unclear.contains(anonymousId);
  }
}
