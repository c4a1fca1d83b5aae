package crowd.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the code of each function calls, as it was recorded: {@code calls.txt}. {@code RolesIT}
 * makes the calls again and holds the file to them.
 */
public final class KnownCalls {

  private static final Pattern QUARTER = Pattern.compile("P#\\d+");

  private KnownCalls() {}

  /** By the function's feature. Keys are those of {@link #lines}. */
  static Map<String, List<Call>> read() {
    var calls = new LinkedHashMap<String, List<Call>>();
    for (var line : file()) {
      var words = line.split(" ", -1);
      calls
          .computeIfAbsent(words[0], _ -> new ArrayList<>())
          .add(new Call(words[1], words[2], List.of(words).subList(3, words.length)));
    }
    return calls;
  }

  /** The lines of the file. */
  public static SortedSet<String> file() {
    try (var resource = KnownCalls.class.getResourceAsStream("calls.txt")) {
      var text =
          new String(
              Objects.requireNonNull(resource, "calls.txt").readAllBytes(), StandardCharsets.UTF_8);
      var lines = new TreeSet<>(text.lines().toList());
      lines.removeIf(line -> line.startsWith("#") || line.isBlank());
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is said of a call: a line for each kind of key, which has {@code W} and {@code X} in it.
   */
  public static List<String> lines(String feature, Call call) {
    var start = feature + " " + call.action() + " " + call.resource();
    return call.keys().isEmpty()
        ? List.of(start)
        : call.keys().stream().map(key -> start + " " + kind(key)).distinct().toList();
  }

  /** {@code shop#a#anon_1} is {@code W#a#X}. */
  private static String kind(String key) {
    if (QUARTER.matcher(key).matches()) {
      return "P#X"; // of the index of what waits
    }
    var parts = key.split("#", 3);
    var website = parts[0].equals("_") ? "_" : "W";
    return switch (parts.length) {
      case 1 -> website;
      case 2 -> website + "#" + parts[1];
      default -> website + "#" + parts[1] + "#X";
    };
  }
}
