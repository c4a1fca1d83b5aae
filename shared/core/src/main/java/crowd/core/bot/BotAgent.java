package crowd.core.bot;

import java.util.List;
import java.util.Locale;

/**
 * Whether a program says in its user agent that it is a bot.
 *
 * <p>Only what says so of itself: crawlers, link previews, monitors. A browser without a window
 * ({@code HeadlessChrome}) is none, since teams test their own pages with it, and neither is an
 * HTTP library, which is how servers call.
 */
public final class BotAgent {

  /** They end a word, as in {@code Googlebot/2.1} and {@code Baiduspider+}. */
  private static final List<String> ENDINGS = List.of("bot", "crawler", "spider");

  /** Phones that are called so. */
  private static final String CUBOT = "cubot";

  /** As their operators write them, in lower case. */
  private static final List<String> NAMES =
      List.of(
          "mediapartners-google",
          "google-inspectiontool",
          "googleother",
          "feedfetcher-google",
          "chrome-lighthouse",
          "bingpreview",
          "slurp",
          "facebookexternalhit",
          "facebookcatalog",
          "meta-externalagent",
          "meta-externalfetcher",
          "ia_archiver",
          "chatgpt-user",
          "claude-user",
          "perplexity-user",
          "datadogsynthetics",
          "gtmetrix",
          "statuscake");

  private BotAgent() {}

  /**
   * @param userAgent as the header has it; empty for none, which is no bot
   */
  public static boolean isBot(String userAgent) {
    var agent = userAgent.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(ending -> hasWordThatEndsIn(ending, agent))
        || NAMES.stream().anyMatch(agent::contains);
  }

  private static boolean hasWordThatEndsIn(String ending, String agent) {
    for (int at = agent.indexOf(ending); at >= 0; at = agent.indexOf(ending, at + 1)) {
      int end = at + ending.length();
      boolean isWhole = end == agent.length() || !Character.isLetter(agent.charAt(end));
      if (isWhole && !agent.substring(0, end).endsWith(CUBOT)) {
        return true;
      }
    }
    return false;
  }
}
