package crowd.core.table;

import crowd.core.fingerprint.Fingerprinting;
import crowd.core.hmac.HmacKey;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import crowd.core.verify.Verification;
import crowd.core.verify.VerificationMode;
import crowd.core.verify.VerificationSecret;
import crowd.core.website.Website;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A website and its settings: {@code W#s} / {@code @}. */
public final class WebsiteRow {

  /**
   * JSON: {@code origins}, {@code allowed_placeholders}, {@code retention_seconds}, {@code
   * ranks_traits}, {@code verification}, {@code verification_secrets}, {@code fingerprints}, {@code
   * fingerprint_window_seconds}, {@code salt}, {@code filters_bots}.
   */
  private static final String SETTINGS = "settings";

  private static final String ORIGINS = "origins";
  private static final String ALLOWED_PLACEHOLDERS = "allowed_placeholders";
  private static final String RETENTION_SECONDS = "retention_seconds";
  private static final String RANKS_TRAITS = "ranks_traits";
  private static final String VERIFICATION = "verification"; // VerificationMode.word
  private static final String VERIFICATION_SECRETS = "verification_secrets"; // whole texts
  private static final String FINGERPRINTS = "fingerprints";
  private static final String FINGERPRINT_WINDOW = "fingerprint_window_seconds";
  private static final String SALT = "salt";
  private static final String FILTERS_BOTS = "filters_bots"; // absent: it does

  private WebsiteRow() {}

  public static Website read(WebsiteId id, Item item) {
    var settings = JsonReader.readOwnObject(item.requireText(SETTINGS));
    return new Website(
        id,
        texts(settings, ORIGINS),
        texts(settings, ALLOWED_PLACEHOLDERS),
        seconds(settings, RETENTION_SECONDS, Website.DEFAULT_RETENTION),
        is(true, settings, RANKS_TRAITS),
        new Verification(
            mode(settings),
            textList(settings, VERIFICATION_SECRETS).stream().map(VerificationSecret::of).toList()),
        new Fingerprinting(
            is(true, settings, FINGERPRINTS),
            seconds(settings, FINGERPRINT_WINDOW, Fingerprinting.DEFAULT_WINDOW),
            settings.text(SALT).map(HmacKey::new).orElse(null)),
        !is(false, settings, FILTERS_BOTS));
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
            .with(RANKS_TRAITS, new Json.Bool(website.ranksTraits()))
            .with(VERIFICATION, new Json.Text(website.verification().mode().word()))
            .with(VERIFICATION_SECRETS, secrets(website.verification()))
            .with(FINGERPRINTS, new Json.Bool(website.fingerprinting().isOn()))
            .with(FINGERPRINT_WINDOW, Json.Num.of(website.fingerprinting().window().toSeconds()))
            .with(FILTERS_BOTS, new Json.Bool(website.filtersBots()));
    var salted =
        website
            .fingerprinting()
            .salt()
            .map(salt -> settings.with(SALT, new Json.Text(salt.reveal())))
            .orElse(settings);
    return new Write.Put(
        base.with(Attributes.REVISION, revision + 1).with(SETTINGS, JsonText.write(salted)),
        Condition.unchangedSince(revision));
  }

  private static Json array(Collection<String> texts) {
    return new Json.Arr(texts.stream().sorted().<Json>map(Json.Text::new).toList());
  }

  /** One that this version does not know is no reason to believe everybody. */
  private static VerificationMode mode(Json.Obj settings) {
    return settings
        .text(VERIFICATION)
        .map(word -> VerificationMode.of(word).orElse(VerificationMode.ENFORCE))
        .orElse(VerificationMode.OFF);
  }

  /** In their order: the oldest first. */
  private static Json secrets(Verification verification) {
    return new Json.Arr(
        verification.secrets().stream()
            .<Json>map(secret -> new Json.Text(secret.key().reveal()))
            .toList());
  }

  private static Set<String> texts(Json.Obj settings, String name) {
    return new HashSet<>(textList(settings, name));
  }

  private static List<String> textList(Json.Obj settings, String name) {
    var texts = new ArrayList<String>();
    if (settings.get(name).orElse(Json.Null.VALUE) instanceof Json.Arr(var values)) {
      for (var value : values) {
        if (value instanceof Json.Text(var text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private static boolean is(boolean value, Json.Obj settings, String name) {
    return settings.get(name).orElse(Json.Null.VALUE).equals(new Json.Bool(value));
  }

  private static Duration seconds(Json.Obj settings, String name, Duration absent) {
    return settings.get(name).orElse(Json.Null.VALUE) instanceof Json.Num(var seconds)
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : absent;
  }
}
