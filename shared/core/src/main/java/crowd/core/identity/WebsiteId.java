package crowd.core.identity;

import java.util.regex.Pattern;

/**
 * The public id of a website, the tenant. Stands in every partition key, so its characters are few.
 *
 * @param value 1 to 64 of A-Z, a-z, 0-9, {@code _} and {@code -}, the first a letter or digit
 */
public record WebsiteId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  /**
   * @throws IllegalIdException if the value cannot be a website's id
   */
  public WebsiteId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalIdException(
          "illegal_website",
          "is not a website's public id: 1 to 64 letters, digits, _ or -, beginning with a letter or digit");
    }
  }
}
