package crowd.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final Report REPORT =
      new Report(
          Map.of(
              "warm",
              new Result(
                  List.of(new Table("Warm", List.of("", "ms"), List.of(List.of("track", "0.5")))),
                  List.of(new Goal("warm-track", 1.5, "x-raw", 1.4)),
                  List.of("A note."),
                  List.of(new Bar("Warm, ms", "a < b", 0.5)))));

  @TempDir Path docs;

  @Test
  void write_replacesWhatStandsBetweenTheMarks_andNothingElse() throws IOException {
    // given
    var page = docs.resolve("performance.md");
    Files.writeString(page, "before\n" + Report.BEGIN + "\nold\n" + Report.END + "\nafter\n");

    // when
    REPORT.write(docs);

    // then
    var text = Files.readString(page);
    var head = "before\n" + Report.BEGIN + "\n\nMeasured on ";
    var tail =
        """

        ### warm

        **Warm**

        |       |  ms |
        |-------|----:|
        | track | 0.5 |

        A note.

        | goal       |    figure | at most | met |
        |------------|----------:|--------:|----:|
        | warm-track | 1.5 x-raw |     1.4 |  no |

        %s
        after
        """
            .formatted(Report.END);
    assertEquals(head, text.substring(0, head.length()));
    assertEquals(tail, text.substring(text.length() - tail.length()));
    assertTrue(Files.readString(docs.resolve("performance.svg")).contains(">a &lt; b</text>"));
  }

  @Test
  void write_pageWithoutMarks_isLeftAsItIs() throws IOException {
    // given
    var page = docs.resolve("performance.md");
    Files.writeString(page, "a page");

    // when
    assertThrows(IOException.class, () -> REPORT.write(docs));

    // then
    assertEquals("a page", Files.readString(page));
  }
}
