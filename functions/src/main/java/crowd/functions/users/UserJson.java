package crowd.functions.users;

import crowd.core.group.GroupView;
import crowd.core.json.Json;
import crowd.core.merge.MergedIn;
import crowd.core.person.PersonView;
import crowd.core.profile.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A person: in a list, or alone with all that is known. */
final class UserJson {

  private UserJson() {}

  static Json.Obj summary(PersonView person) {
    var ids =
        person.links().stream()
            .<Json>map(link -> new Json.Text(link.anonymousId().value()))
            .toList();
    return common(person).with("anonymous_ids", new Json.Arr(ids));
  }

  static Json.Obj whole(PersonView person) {
    var json =
        common(person)
            .with("trait_history", TraitHistoryJson.write(person.traits()))
            .with("identities", array(person.links(), UserJson::identity))
            .with("aliases", array(person.merged(), UserJson::alias))
            .with("groups", array(person.groups(), UserJson::group))
            .with("history", array(person.history(), HistoryJson::write))
            .with("warnings", HistoryJson.warnings(person.history()));
    return person
        .resolvedFrom()
        .map(id -> json.with("resolved_from", new Json.Text(id)))
        .orElse(json);
  }

  private static Json.Obj common(PersonView person) {
    return Json.Obj.EMPTY
        .with("user_id", new Json.Text(person.user().value()))
        .with("traits", person.traits().values())
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

  private static Json.Obj alias(MergedIn merged) {
    return Json.Obj.EMPTY
        .with("user_id", new Json.Text(merged.user().value()))
        .with("merged_into", new Json.Text(merged.parent().value()))
        .with("merged_at", new Json.Text(merged.mergedAt().toString()))
        .with("message_id", new Json.Text(merged.messageId()));
  }

  private static Json.Obj group(GroupView group) {
    return Json.Obj.EMPTY
        .with("group_id", new Json.Text(group.id().value()))
        .with("traits", group.traits())
        .with("since", new Json.Text(group.since().toString()));
  }

  private static <T> Json array(List<T> values, Function<T, Json.Obj> json) {
    return new Json.Arr(values.stream().<Json>map(json).toList());
  }

  private static Json time(Optional<Instant> time) {
    return time.<Json>map(instant -> new Json.Text(instant.toString())).orElse(Json.Null.VALUE);
  }
}
