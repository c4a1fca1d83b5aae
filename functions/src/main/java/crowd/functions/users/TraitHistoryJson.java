package crowd.functions.users;

import crowd.core.json.Json;
import crowd.core.traits.Register;
import crowd.core.traits.Trait;
import crowd.core.traits.Traits;
import java.util.LinkedHashMap;

/** {@code {name: {set_at, set_by, message_id, verified}}} of each trait that readers see. */
final class TraitHistoryJson {

  private TraitHistoryJson() {}

  static Json.Obj write(Traits traits) {
    var writes = new LinkedHashMap<String, Json>();
    traits
        .byName()
        .forEach((name, trait) -> trait.value().ifPresent(_ -> writes.put(name, write(trait))));
    return new Json.Obj(writes);
  }

  private static Json write(Trait trait) {
    Register write = trait.effective();
    return Json.Obj.EMPTY
        .with("set_at", new Json.Text(write.time().toString()))
        .with("set_by", new Json.Text(write.equals(trait.set()) ? "traits" : "set_once"))
        .with("message_id", new Json.Text(write.messageId()))
        .with("verified", new Json.Bool(write.rank() > 0));
  }
}
