package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

  @Test
  void end_goesBackwards_alsoWhenAPartFails() {
    // given
    var ended = new ArrayList<String>();
    var parts = new Parts();
    parts.add(() -> ended.add("first"));
    parts.add(() -> {
      throw new IOException("stuck");
    });
    parts.add(() -> ended.add("last"));
    // when
    parts.end(failure -> ended.add(String.valueOf(failure.getMessage())));
    // then
    assertEquals(List.of("last", "stuck", "first"), ended);
  }
}
