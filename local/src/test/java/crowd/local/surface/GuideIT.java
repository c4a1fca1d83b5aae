package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.Project;
import crowd.local.clients.GuideExample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever copies an example out of docs/clients.md gets what it promises. */
@ExtendWith(Running.class)
class GuideIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What each section's examples leave on their user's timeline. */
  private static final Map<String, List<String>> PROMISED = promised();

  private final Api api;

  GuideIT(Api api) {
    this.api = api;
  }

  private static Map<String, List<String>> promised() {
    var promised = new LinkedHashMap<String, List<String>>();
    promised.put("cURL", List.of("Signed Up", "[identify]"));
    promised.put("Segment, browser", List.of("[identify]"));
    promised.put("Segment, Node", List.of("Signed Up"));
    promised.put("Segment, Java", List.of("Signed Up"));
    promised.put("RudderStack, browser", List.of("[identify]"));
    promised.put("RudderStack, Node", List.of("Signed Up"));
    promised.put("RudderStack, Java", List.of("Signed Up"));
    // It names nobody: its visitor is identified afterwards.
    promised.put("Jitsu", List.of("Signed Up", "[identify]"));
    promised.put("Java without a library", List.of("Signed Up"));
    promised.put("Python without a library", List.of("Signed Up"));
    return promised;
  }

  private List<String> timeline(String person, int events) throws InterruptedException {
    var end = Instant.now().plus(PATIENCE);
    while (api.user(person).status() != 200 || api.timeline(person).size() < events) {
      if (Instant.now().isAfter(end)) {
        return List.of("not there after " + PATIENCE);
      }
      Thread.sleep(100);
    }
    return api.timeline(person).stream().sorted().toList();
  }

  @Test
  void everyExampleOfTheGuide_doesWhatItPromises() throws Exception {
    // given
    var host = URI.create(api.address()).getAuthority();
    // when
    var did = new LinkedHashMap<String, List<String>>();
    for (var example : examples()) {
      var _ = example.run(host);
      did.put(
          example.section(),
          timeline(example.person(), PROMISED.getOrDefault(example.section(), List.of()).size()));
    }
    // then
    assertEquals(PROMISED, did);
  }

  private static List<GuideExample> examples() throws IOException {
    return GuideExample.of(Files.readString(Project.file("docs/clients.md")));
  }
}
