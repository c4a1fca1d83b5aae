package crowd.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChecksTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`\\./crowd check .*?) \\|");
  private static final Pattern WORD = Pattern.compile("`(?:\\./crowd check )?([a-z0-9]+)`");

  @Test
  void all_areInTheTableOfTheDocuments() throws IOException {
    // given
    var text = Files.readString(Project.file("docs/identity.md"));
    // when
    Set<String> documented =
        ROW.matcher(text)
            .results()
            .flatMap(row -> WORD.matcher(row.group(1)).results())
            .map(word -> word.group(1))
            .collect(Collectors.toSet());
    // then
    assertEquals(Checks.ALL.stream().map(Check::name).collect(Collectors.toSet()), documented);
  }

  @Test
  void all_haveNamesOfTheirOwn() {
    List<String> names = Checks.ALL.stream().map(Check::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
  }
}
