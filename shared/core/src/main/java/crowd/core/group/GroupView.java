package crowd.core.group;

import crowd.core.identity.GroupId;
import crowd.core.json.Json;
import java.time.Instant;

/**
 * A group as readers see it on the profile of a person.
 *
 * @param traits of the group, their values
 * @param since when the person first said to be in it
 */
public record GroupView(GroupId id, Json.Obj traits, Instant since) {}
