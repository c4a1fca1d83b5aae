package crowd.bench.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under a head; Markdown that can also be read on a terminal. */
public record Table(String title, List<String> head, List<List<String>> rows) {

  public Table {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
  }

  public String markdown() {
    var widths =
        IntStream.range(0, head.size())
            .map(column ->
                Math.max(
                    head.get(column).length(),
                    rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)))
            .toArray();
    var text = new StringBuilder(line(head, widths));
    text.append(
        IntStream.range(0, widths.length)
            .mapToObj(column ->
                column == 0 ? "-".repeat(widths[column] + 2) : "-".repeat(widths[column] + 1) + ":")
            .collect(Collectors.joining("|", "|", "|\n")));
    rows.forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> {
          var fill = " ".repeat(widths[column] - cells.get(column).length());
          return column == 0 ? cells.get(column) + fill : fill + cells.get(column);
        })
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
