package crowd.core.person;

import crowd.core.identity.UserId;
import crowd.core.json.Json;
import crowd.core.profile.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person as readers see him.
 *
 * @param traits their values
 * @param firstSeen earliest event time; empty before the first event
 * @param lastSeen latest event time
 * @param links his anonymous ids, in the order of their linking
 * @param resolvedFrom the id that was asked for, if it was not the user id
 */
public record PersonView(
    UserId user,
    Json.Obj traits,
    Optional<Instant> firstSeen,
    Optional<Instant> lastSeen,
    List<Link> links,
    Optional<String> resolvedFrom) {

  public PersonView {
    links = List.copyOf(links);
  }
}
