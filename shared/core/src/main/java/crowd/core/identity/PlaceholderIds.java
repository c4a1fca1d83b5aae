package crowd.core.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Values that programs send when they have no id. Taken for an id, one of them would collect a
 * crowd of strangers in one profile.
 *
 * <p>Compared after trimming, NFC, lower-casing and stripping one pair of quotes.
 */
public final class PlaceholderIds {

  private static final Set<String> WORDS =
      Set.of(
          "",
          "anonymous",
          "anonymous_id",
          "anonymousid",
          "anon",
          "guest",
          "visitor",
          "user",
          "id",
          "userid",
          "user_id",
          "distinctid",
          "distinct_id",
          "profileid",
          "profile_id",
          "email",
          "not_authenticated",
          "unauthenticated",
          "unidentified",
          "undefined",
          "unknown",
          "null",
          "nil",
          "<nil>",
          "none",
          "nan",
          "true",
          "false",
          "n/a",
          "na",
          "0",
          "-1",
          "[object object]",
          "[]",
          "{}");

  private static final Pattern ZEROS = Pattern.compile("[0\\-]+");
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*}}|\\$\\{.*}", Pattern.DOTALL);

  private PlaceholderIds() {}

  public static boolean matches(String id) {
    var word = unquoted(normalised(id));
    return WORDS.contains(word) || ZEROS.matcher(word).matches() || TEMPLATE.matcher(word).find();
  }

  /** The form in which a website allow-lists one of these words. */
  public static String normalised(String id) {
    return Normalizer.normalize(id.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static String unquoted(String word) {
    int last = word.length() - 1;
    boolean quoted =
        last > 0
            && word.charAt(0) == word.charAt(last)
            && (word.charAt(0) == '"' || word.charAt(0) == '\'');
    return quoted ? word.substring(1, last).strip() : word;
  }
}
