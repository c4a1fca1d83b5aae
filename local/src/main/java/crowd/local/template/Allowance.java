package crowd.local.template;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One action on one resource that a role allows.
 *
 * @param action may have {@code *}
 * @param resource as in {@link Call}, or the logical name of what no variable names; may have
 *     {@code *}
 * @param keys what partition keys have to be like, each one like any of these; empty if any will do
 */
public record Allowance(String action, String resource, List<String> keys) {

  public Allowance {
    keys = List.copyOf(keys);
  }

  boolean allows(Call call) {
    return isLike(action, call.action())
        && isLike(resource, call.resource())
        && (keys.isEmpty() || areLike(call.keys()));
  }

  /** IAM lets a call without keys pass such a condition; here it is refused. */
  private boolean areLike(List<String> called) {
    return !called.isEmpty()
        && called.stream().allMatch(key -> keys.stream().anyMatch(like -> isLike(like, key)));
  }

  /** IAM's patterns: {@code *} for any text, {@code ?} for one character. */
  static boolean isLike(String pattern, String text) {
    return Pattern.compile("[*?]|[^*?]+")
        .matcher(pattern)
        .results()
        .map(part ->
            switch (part.group()) {
              case "*" -> ".*";
              case "?" -> ".";
              default -> Pattern.quote(part.group());
            })
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(),
                regex -> Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches()));
  }

  @Override
  public String toString() {
    return action + " on " + resource + (keys.isEmpty() ? "" : " of " + String.join(", ", keys));
  }
}
