package crowd.local.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.Project;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The check {@code sdkfaults}, from another seed each time: {@code -Dcrowd.seed} says from which.
 */
class FaultyStoreIT {

  private static final int HISTORIES = 20;

  @Test
  void whatWasAcknowledgedIsThereOnce_whateverTheStoreDoes()
      throws IOException, InterruptedException {
    // given
    long seed = Long.getLong("crowd.seed", System.nanoTime() % 1_000_000_000);
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
