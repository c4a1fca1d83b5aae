package crowd.bench.scale;

import crowd.bench.Bench;
import crowd.bench.Root;
import crowd.bench.report.Figures;
import crowd.bench.report.Goal;
import crowd.bench.report.Result;
import crowd.bench.report.Table;
import crowd.simulation.check.Costs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Units of the table that each operation uses, counted, in dollars by docs/operations.md. */
public final class Cost implements Bench {

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public String about() {
    return "units of the table that operations use, in dollars for a million";
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public Result run(int rounds) throws IOException {
    var prices = Files.readString(Root.file("docs/operations.md"));
    double read = price(prices, "read");
    double write = price(prices, "write");
    var rows = new ArrayList<List<String>>();
    Costs.used()
        .forEach((operation, units) ->
            rows.add(
                List.of(
                    operation,
                    Figures.of(units.allReads()),
                    "" + units.allWrites(),
                    Figures.of(units.allReads() * read + units.allWrites() * write))));
    return new Result(
        List.of(
            new Table(
                "Table units of an operation, and dollars of a million of it",
                List.of("", "reads", "writes, with indexes", "$ a million"),
                rows)),
        List.of(new Goal("cost", Costs.run(1).wrong(), "wrong-prices", 0)),
        List.of(
            "Counted at the store by DynamoDB's published rules. Requests, functions, the stream and logs come on top: docs/operations.md, \"What a million costs\"."),
        List.of());
  }

  private static double price(String page, String name) {
    var line = Pattern.compile("\\| `" + name + "` \\| ([0-9.]+) \\|").matcher(page);
    if (!line.find()) {
      throw new IllegalStateException("docs/operations.md has no price for " + name);
    }
    return Double.parseDouble(line.group(1));
  }
}
