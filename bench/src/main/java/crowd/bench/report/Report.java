package crowd.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All results, as docs/performance.md shows them between its marks, and its plot. */
public final class Report {

  static final String BEGIN = "<!-- ./crowd bench all: begin -->";
  static final String END = "<!-- ./crowd bench all: end -->";

  private static final String PAGE = "performance.md";
  private static final String PLOT = "performance.svg";

  private final Map<String, Result> results;

  /**
   * @param results by the names of their benches, in order
   */
  public Report(Map<String, Result> results) {
    this.results = results;
  }

  /**
   * @throws IOException also if the page has lost its marks
   */
  public void write(Path docs) throws IOException {
    var page = docs.resolve(PAGE);
    var text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(PAGE + " has no " + BEGIN + " and " + END);
    }
    Files.writeString(
        page, text.substring(0, begin) + BEGIN + "\n\n" + body() + "\n" + text.substring(end));
    var bars = results.values().stream().flatMap(result -> result.bars().stream()).toList();
    Files.writeString(docs.resolve(PLOT), new Plot(bars).svg());
  }

  private String body() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Measured on %s by `./crowd bench all`: %d processors (%s), Java %s.%n%n![The medians](%s)%n",
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"),
            Runtime.version(),
            PLOT));
    results.forEach((name, result) -> section(text, name, result));
    return text.toString();
  }

  private static void section(StringBuilder text, String name, Result result) {
    text.append("\n### ").append(name).append('\n');
    for (var table : result.tables()) {
      text.append("\n**").append(table.title()).append("**\n\n").append(table.markdown());
    }
    result.notes().forEach(note -> text.append('\n').append(note).append('\n'));
    if (!result.goals().isEmpty()) {
      text.append('\n').append(goals(result.goals()).markdown());
    }
  }

  private static Table goals(List<Goal> goals) {
    return new Table(
        "",
        List.of("goal", "figure", "at most", "met"),
        goals.stream()
            .map(goal ->
                List.of(
                    goal.name(),
                    Figures.of(goal.value()) + " " + goal.unit(),
                    Figures.plain(goal.limit()),
                    goal.isMet() ? "yes" : "no"))
            .toList());
  }
}
