package crowd.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.JsonReader;
import crowd.local.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeploymentTest {

  @Test
  void stages_areThoseOfTheProject() throws IOException {
    // when
    var stages = Stage.in(Files.readString(Project.file("samconfig.toml")));
    // then
    assertEquals(
        new Stage("dev", "crowd-dev", List.of("Stage=dev", "LogRetentionDays=7")),
        stages.get("dev"));
    assertEquals(Set.of("dev", "prod"), stages.keySet());
  }

  @Test
  void stages_setParametersThatTheTemplateHas() throws IOException {
    // given
    var template = Files.readString(Project.file("template.yaml"));
    // when
    var names =
        Stage.in(Files.readString(Project.file("samconfig.toml"))).values().stream()
            .flatMap(stage -> stage.parameters().stream())
            .map(parameter -> parameter.split("=", 2)[0])
            .collect(Collectors.toSet());
    // then
    assertTrue(names.contains("RequestsPerSecond"));
    for (var name : names) {
      assertTrue(template.contains("\n  " + name + ":\n"), name);
    }
  }

  @Test
  void table_isAmongTheOutputs() {
    // given
    var outputs =
        """
        [{"OutputKey": "ApiUrl", "OutputValue": "https://api.example"},
         {"OutputKey": "TableName", "OutputValue": "crowd-dev-Table-1"}]\
        """;
    // then
    assertEquals(Optional.of("crowd-dev-Table-1"), Deployment.table(JsonReader.readOwn(outputs)));
    assertEquals(Optional.empty(), Deployment.table(JsonReader.readOwn("[]")));
  }
}
