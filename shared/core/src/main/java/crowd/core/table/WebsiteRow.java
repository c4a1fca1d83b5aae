package crowd.core.table;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import crowd.core.website.Website;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A website and its settings: {@code W#s} / {@code @}. */
public final class WebsiteRow {

  /**
   * JSON: {@code origins}, {@code allowed_placeholders}, {@code retention_seconds}, {@code
   * ranks_traits}.
   */
  private static final String SETTINGS = "settings";

  private static final String ORIGINS = "origins";
  private static final String ALLOWED_PLACEHOLDERS = "allowed_placeholders";
  private static final String RETENTION_SECONDS = "retention_seconds";
  private static final String RANKS_TRAITS = "ranks_traits";

  private WebsiteRow() {}

  public static Website read(WebsiteId id, Item item) {
    var settings = JsonReader.readOwnObject(item.requireText(SETTINGS));
    return new Website(
        id,
        texts(settings, ORIGINS),
        texts(settings, ALLOWED_PLACEHOLDERS),
        settings.get(RETENTION_SECONDS).orElse(Json.Null.VALUE) instanceof Json.Num(var seconds)
            ? Duration.ofSeconds(Long.parseLong(seconds))
            : Website.DEFAULT_RETENTION,
        settings.get(RANKS_TRAITS).orElse(Json.Null.VALUE).equals(new Json.Bool(true)));
  }

  /**
   * Writes the website, if its row is still the one that was read; null for none. Settings of a
   * newer version are kept as they are.
   */
  public static Write write(Website website, @Nullable Item stored) {
    var key = TableKeys.website(website.id());
    var base = stored == null ? Item.at(key) : stored;
    var revision = base.whole(Attributes.REVISION).orElse(0);
    var settings =
        base.text(SETTINGS)
            .map(JsonReader::readOwnObject)
            .orElse(Json.Obj.EMPTY)
            .with(ORIGINS, array(website.origins()))
            .with(ALLOWED_PLACEHOLDERS, array(website.allowedPlaceholders()))
            .with(RETENTION_SECONDS, Json.Num.of(website.retention().toSeconds()))
            .with(RANKS_TRAITS, new Json.Bool(website.ranksTraits()));
    return new Write.Put(
        base.with(Attributes.REVISION, revision + 1).with(SETTINGS, JsonText.write(settings)),
        Condition.unchangedSince(revision));
  }

  private static Json array(Collection<String> texts) {
    return new Json.Arr(texts.stream().sorted().<Json>map(Json.Text::new).toList());
  }

  private static Set<String> texts(Json.Obj settings, String name) {
    var texts = new HashSet<String>();
    if (settings.get(name).orElse(Json.Null.VALUE) instanceof Json.Arr(var values)) {
      for (var value : values) {
        if (value instanceof Json.Text(var text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
