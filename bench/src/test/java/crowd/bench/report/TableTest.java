package crowd.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void markdown_namesLeftAndFiguresRight() {
    // given
    var table =
        new Table(
            "Starts", List.of("", "ms"), List.of(List.of("empty", "60"), List.of("B", "1200")));

    // then
    assertEquals(
        """
        |       |   ms |
        |-------|-----:|
        | empty |   60 |
        | B     | 1200 |
        """,
        table.markdown());
  }
}
