package crowd.functions.users;

import crowd.core.json.Json;
import crowd.core.person.PersonView;
import crowd.core.profile.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A person: in a list, or alone with all that is known. */
final class UserJson {

  private static final Json NONE = new Json.Arr(List.of());

  private UserJson() {}

  static Json.Obj summary(PersonView person) {
    var ids =
        person.links().stream()
            .<Json>map(link -> new Json.Text(link.anonymousId().value()))
            .toList();
    return common(person).with("anonymous_ids", new Json.Arr(ids));
  }

  static Json.Obj whole(PersonView person) {
    var identities = person.links().stream().<Json>map(UserJson::identity).toList();
    var json =
        common(person)
            .with("identities", new Json.Arr(identities))
            .with("aliases", NONE)
            .with("warnings", NONE);
    return person
        .resolvedFrom()
        .map(id -> json.with("resolved_from", new Json.Text(id)))
        .orElse(json);
  }

  private static Json.Obj common(PersonView person) {
    return Json.Obj.EMPTY
        .with("user_id", new Json.Text(person.user().value()))
        .with("traits", person.traits())
        .with("first_seen", time(person.firstSeen()))
        .with("last_seen", time(person.lastSeen()));
  }

  private static Json.Obj identity(Link link) {
    return Json.Obj.EMPTY
        .with("anonymous_id", new Json.Text(link.anonymousId().value()))
        .with("linked_at", new Json.Text(link.linkedAt().toString()))
        .with("source", new Json.Text(link.source()))
        .with("message_id", new Json.Text(link.messageId()));
  }

  private static Json time(Optional<Instant> time) {
    return time.<Json>map(instant -> new Json.Text(instant.toString())).orElse(Json.Null.VALUE);
  }
}
