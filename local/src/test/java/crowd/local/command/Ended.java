package crowd.local.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How a command of {@code ./crowd} ended.
 *
 * @param out what it wrote, without space around it
 */
record Ended(int exit, String out, String err) {

  /**
   * @param place options that stand behind the arguments: where the data is
   */
  static Ended of(List<String> arguments, String... place) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(arguments);
    all.addAll(List.of(place));
    var exit =
        Commands.line()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Ended(exit, out.toString().strip(), err.toString().strip());
  }
}
