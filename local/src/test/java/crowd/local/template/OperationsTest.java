package crowd.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import crowd.local.Project;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says, against template.yaml and its own figures. */
class OperationsTest {

  private static final Pattern PART =
      Pattern.compile("(?ms)((?:^### \\w+\\n\\n)+)(.*?)(?=^##|\\z)");
  private static final Pattern HEADING = Pattern.compile("### (\\w+)");
  private static final Pattern INPUT = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([0-9.]+) \\|");
  private static final Pattern PRICED =
      Pattern.compile("(?m)^\\| ([^|]+) \\|" + " ([0-9.]+) \\|".repeat(5) + "$");

  private String text = "";

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(Project.file("docs/operations.md"));
  }

  @Test
  void alarms_areAllFoundByTheirNamesAndEndWithWhatToDo() throws IOException {
    // given
    var alarms =
        TemplateYaml.read(Project.file("template.yaml"))
            .get("Resources")
            .fields()
            .entrySet()
            .stream()
            .filter(entry -> entry.getValue().get("Type").text().equals("AWS::CloudWatch::Alarm"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    // when
    var found = new TreeSet<String>();
    var unfinished = new ArrayList<String>();
    PART.matcher(text)
        .results()
        .forEach(part -> {
          HEADING.matcher(part.group(1)).results().forEach(heading -> found.add(heading.group(1)));
          var said = part.group(2);
          if (said.indexOf("- **Look:** ") < 20
              || said.indexOf("- **Do:** ") < said.indexOf("- **Look:** ")) {
            unfinished.add(part.group(1));
          }
        });
    // then
    assertEquals(alarms, found);
    assertEquals(List.of(), unfinished);
  }

  @Test
  void costs_areThoseOfThePricesAndUnits() {
    // given
    var call =
        input("api")
            .add(input("call"))
            .add(input("compute").multiply(input("seconds")))
            .add(input("log").multiply(input("logged")))
            .add(input("trace").multiply(input("traced")));
    var record = input("record").add(input("consumed"));
    var expected = new ArrayList<String>();
    var written = new ArrayList<String>();
    // when
    PRICED
        .matcher(text)
        .results()
        .forEach(row -> {
          var dollars =
              new BigDecimal(row.group(2))
                  .multiply(call)
                  .add(new BigDecimal(row.group(3)).multiply(record))
                  .add(new BigDecimal(row.group(4)).multiply(input("read")))
                  .add(new BigDecimal(row.group(5)).multiply(input("write")))
                  .setScale(2, RoundingMode.HALF_EVEN);
          expected.add(row.group(1) + ": " + dollars);
          written.add(row.group(1) + ": " + row.group(6));
        });
    // then
    assertFalse(written.isEmpty());
    assertEquals(expected, written);
  }

  /** A price, or what is assumed. */
  private BigDecimal input(String name) {
    return INPUT
        .matcher(text)
        .results()
        .filter(input -> input.group(1).equals(name))
        .map(input -> new BigDecimal(input.group(2)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no input " + name));
  }
}
