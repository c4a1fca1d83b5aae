package crowd.local.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.Project;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check {@code sdkfaults}, small: {@code -Dcrowd.seed} says from which seed on. */
class FaultyStoreIT {

  private static final int HISTORIES = 10;

  @Test
  void whatWasAcknowledgedIsThereOnce_whateverTheStoreDoes()
      throws IOException, InterruptedException {
    // given
    long seed = Long.getLong("crowd.seed", 1_000);
    System.out.println(HISTORIES + " histories from seed " + seed);
    // when
    var result =
        FaultyStore.run(TemplateReader.read(Project.file("template.yaml")), seed, HISTORIES);
    // then
    System.out.println(
        "met " + result.faults() + "; " + result.repeats() + " requests were repeated");
    assertEquals(List.of(), result.violations());
  }
}
