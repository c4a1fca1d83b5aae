package crowd.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlantedMistakeTest {

  private static final Map<String, List<PlantedMistake>> BY_READER =
      Map.of(
          "sam", PlantedMistake.FOR_SAM,
          "cfn-lint", PlantedMistake.FOR_LINT,
          "checkov", PlantedMistake.FOR_CHECKOV);

  private static Stream<String> listed(String reader) throws IOException {
    var row = Pattern.compile("\\| (.+) \\| " + reader + " \\|");
    return Files.readAllLines(Project.file("docs/template-mistakes.md")).stream()
        .map(row::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1));
  }

  @Test
  void mistakes_areListed() throws IOException {
    for (var reader : BY_READER.entrySet()) {
      assertEquals(
          reader.getValue().stream().map(PlantedMistake::name).toList(),
          listed(reader.getKey()).toList());
    }
  }

  @Test
  void template_hasAPlaceForEach() throws IOException {
    // given
    var template = Files.readString(Project.file("template.yaml"));
    for (var mistakes : BY_READER.values()) {
      // when
      var mistaken = PlantedMistake.plant(mistakes, template);
      // then
      for (var mistake : mistakes) {
        assertTrue(mistake.to().isEmpty() || mistaken.contains(mistake.to()), mistake.name());
      }
    }
  }
}
