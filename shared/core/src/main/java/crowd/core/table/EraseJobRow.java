package crowd.core.table;

import crowd.core.directory.Searched;
import crowd.core.erase.EraseJob;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An erasure that is not at its end: {@code W#u#<user id>} / {@code J#ERASE#<millis>}. */
public final class EraseJobRow {

  private static final String ERASED_AT = "erased_at"; // epoch millis
  private static final String PROFILE_REVISION = "profile_rev";
  private static final String PHASE = "phase"; // EraseJob.Phase
  private static final String IDS = "ids"; // JSON array of anonymous ids
  private static final String SEARCHED = "searched"; // JSON: [[field, value], ...]

  private EraseJobRow() {}

  public static EraseJob read(WebsiteId website, Item item) {
    return new EraseJob(
        website,
        TableKeys.userOf(website, item.key()),
        item.requireWhole(Attributes.REVISION),
        Instant.ofEpochMilli(item.requireWhole(ERASED_AT)),
        item.requireWhole(PROFILE_REVISION),
        EraseJob.Phase.valueOf(item.requireText(PHASE)),
        Instant.ofEpochMilli(item.requireWhole(Attributes.DUE)),
        ids(item),
        searched(item));
  }

  public static Key key(EraseJob job) {
    return TableKeys.eraseJob(job.website(), job.user(), job.erasedAt());
  }

  /** Writes the next state, if the row is still at the revision that it was made from. */
  public static Write write(EraseJob next) {
    var key = key(next);
    return new Write.Put(
        Item.at(key)
            .with(Attributes.REVISION, next.revision() + 1)
            .with(Attributes.DUE_IN, TableKeys.dueBucket(key.pk()))
            .with(Attributes.DUE, next.due().toEpochMilli())
            .with(ERASED_AT, next.erasedAt().toEpochMilli())
            .with(PROFILE_REVISION, next.profileRevision())
            .with(PHASE, next.phase().name())
            .with(IDS, JsonText.write(array(next.ids())))
            .with(SEARCHED, JsonText.write(json(next.searched()))),
        Condition.unchangedSince(next.revision()));
  }

  /** Removes the row of a job that has nothing more to do. */
  public static Write delete(EraseJob job) {
    return new Write.Delete(key(job), new Condition.RevisionIs(job.revision()));
  }

  private static Json json(List<Searched> all) {
    return new Json.Arr(
        all.stream()
            .<Json>map(searched ->
                new Json.Arr(
                    List.of(new Json.Text(searched.field()), new Json.Text(searched.value()))))
            .toList());
  }

  private static Json array(List<AnonymousId> ids) {
    return new Json.Arr(ids.stream().<Json>map(id -> new Json.Text(id.value())).toList());
  }

  /** None in a row of a version that did not have them: there the links lead to them. */
  private static List<AnonymousId> ids(Item item) {
    var ids = new ArrayList<AnonymousId>();
    if (JsonReader.readOwn(item.text(IDS).orElse("[]")) instanceof Json.Arr(var all)) {
      for (var one : all) {
        if (one instanceof Json.Text(var id)) {
          ids.add(new AnonymousId(id));
        }
      }
    }
    return ids;
  }

  private static List<Searched> searched(Item item) {
    var searched = new ArrayList<Searched>();
    if (JsonReader.readOwn(item.requireText(SEARCHED)) instanceof Json.Arr(var pairs)) {
      for (var pair : pairs) {
        if (pair instanceof Json.Arr(var parts)
            && parts.get(0) instanceof Json.Text(var field)
            && parts.get(1) instanceof Json.Text(var value)) {
          searched.add(new Searched(field, value));
        }
      }
    }
    return searched;
  }
}
