package crowd.core.person;

import crowd.core.group.GroupView;
import crowd.core.history.Decided;
import crowd.core.identity.UserId;
import crowd.core.merge.MergedIn;
import crowd.core.profile.Link;
import crowd.core.traits.Traits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person as readers see him.
 *
 * @param traits with the write that set each
 * @param firstSeen earliest event time; empty before the first event
 * @param lastSeen latest event time
 * @param links his anonymous ids, in the order of their linking
 * @param merged users who were merged into him, in the order of their merging
 * @param groups that he is in, in the order in which he came to them; none in a list of people
 * @param history what was decided about his ids, in order, beside the links that stand
 * @param resolvedFrom the id that was asked for, if it was not the user id
 */
public record PersonView(
    UserId user,
    Traits traits,
    Optional<Instant> firstSeen,
    Optional<Instant> lastSeen,
    List<Link> links,
    List<MergedIn> merged,
    List<GroupView> groups,
    List<Decided> history,
    Optional<String> resolvedFrom) {

  public PersonView {
    links = List.copyOf(links);
    merged = List.copyOf(merged);
    groups = List.copyOf(groups);
    history = List.copyOf(history);
  }
}
