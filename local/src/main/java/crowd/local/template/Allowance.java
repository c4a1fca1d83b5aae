package crowd.local.template;

import java.util.List;

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

  /**
   * IAM's patterns: {@code *} for any text, {@code ?} for one character. By hand, since each call
   * of the local run asks this of all that a role allows.
   */
  static boolean isLike(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int taken = 0;
    while (t < text.length()) {
      boolean isLeft = p < pattern.length();
      if (isLeft && pattern.charAt(p) == '*') {
        star = p++;
        taken = t;
      } else if (isLeft && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        // The last star takes one character more.
        p = star + 1;
        t = ++taken;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  @Override
  public String toString() {
    return action + " on " + resource + (keys.isEmpty() ? "" : " of " + String.join(", ", keys));
  }
}
