package crowd.simulation.mutant;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A change of one source file of the core.
 *
 * @param file below the core's package, without its ending: {@code project/Settle}
 * @param text what the file holds exactly once; how much white space is between its words does not
 *     count
 * @param replacement what stands there instead
 */
public record Patch(String file, String text, String replacement) {

  /**
   * @throws UnfitException if the text is not found exactly once
   */
  String apply(String source) throws UnfitException {
    var places = pattern().matcher(source).results().toList();
    if (places.size() != 1) {
      throw new UnfitException(
          "found %d times and not once in %s: %s".formatted(places.size(), file, text));
    }
    return pattern().matcher(source).replaceFirst(Matcher.quoteReplacement(replacement));
  }

  private Pattern pattern() {
    return Pattern.compile(
        Arrays.stream(text.strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+")));
  }
}
