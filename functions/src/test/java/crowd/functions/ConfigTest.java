package crowd.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {

  @Test
  void ofTableAndStream_aWholeEnvironment_readsIt() {
    // when
    var config =
        Config.ofTableAndStream(
            Map.of("AWS_REGION", "eu-north-1", "TABLE_NAME", "table", "STREAM_NAME", "stream"));

    // then
    assertEquals(new Config("eu-north-1", "table", Optional.of("stream")), config);
  }

  @Test
  void ofTable_withoutAStream_needsNone() {
    // when
    var config = Config.ofTable(Map.of("AWS_REGION", "eu-north-1", "TABLE_NAME", "table"));

    // then
    assertEquals(new Config("eu-north-1", "table", Optional.empty()), config);
  }

  @Test
  void ofTableAndStream_anEnvironmentWithManyProblems_failsOnceWithAll() {
    // when
    var failure =
        assertThrows(
            IllegalStateException.class, () -> Config.ofTableAndStream(Map.of("STREAM_NAME", " ")));

    // then
    assertEquals(
        "bad configuration: AWS_REGION is not set; TABLE_NAME is not set; STREAM_NAME is not set",
        failure.getMessage());
  }
}
