package crowd.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bars that lie, each group to a scale of its own. */
final class Plot {

  private static final int WIDTH = 860;
  private static final int LABELS = 330;
  private static final int FIGURES = 90;
  private static final int ROW = 22;
  private static final int HEAD = 34;

  private final Map<String, List<Bar>> groups = new LinkedHashMap<>();

  Plot(List<Bar> bars) {
    bars.forEach(bar -> groups.computeIfAbsent(bar.group(), _ -> new ArrayList<>()).add(bar));
  }

  String svg() {
    var drawn = new StringBuilder();
    int y = 8;
    for (var group : groups.entrySet()) {
      drawn.append(text(10, y + 20, "start", "bold", group.getKey()));
      y += HEAD;
      double most = group.getValue().stream().mapToDouble(Bar::value).max().orElse(1);
      for (var bar : group.getValue()) {
        double length = Math.max(1, (WIDTH - LABELS - FIGURES) * bar.value() / most);
        drawn.append(text(LABELS - 8, y + 14, "end", "normal", bar.label()));
        drawn.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#3b6ea5\"/>%n",
                LABELS,
                y + 2,
                length,
                ROW - 6));
        drawn.append(
            text(LABELS + (int) length + 6, y + 14, "start", "normal", Figures.of(bar.value())));
        y += ROW;
      }
      y += 10;
    }
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n%s</svg>%n",
        WIDTH,
        y,
        WIDTH,
        y,
        drawn);
  }

  private static String text(int x, int y, String anchor, String weight, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\" fill=\"#222222\">%s</text>%n",
        x,
        y,
        anchor,
        weight,
        text.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
