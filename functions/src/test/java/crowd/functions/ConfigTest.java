package crowd.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTest {

  @Test
  void from_aWholeEnvironment_readsIt() {
    // when
    var config =
        Config.from(
            Map.of("AWS_REGION", "eu-north-1", "TABLE_NAME", "table", "STREAM_NAME", "stream"));

    // then
    assertEquals(new Config("eu-north-1", "table", "stream"), config);
  }

  @Test
  void from_anEnvironmentWithManyProblems_failsOnceWithAll() {
    // when
    var failure =
        assertThrows(IllegalStateException.class, () -> Config.from(Map.of("STREAM_NAME", " ")));

    // then
    assertEquals(
        "bad configuration: AWS_REGION is not set; TABLE_NAME is not set; STREAM_NAME is not set",
        failure.getMessage());
  }
}
