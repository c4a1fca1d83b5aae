package crowd.local.clients;

import crowd.local.npm.NpmFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A client as it is published. Each is told a host and a write key, and sends what one person does:
 * identify with traits in his browser, track, page, group, and an alias of an older browser.
 */
public enum PublishedClient {
  SEGMENT_NODE,
  SEGMENT_JAVA,
  RUDDERSTACK_NODE,
  RUDDERSTACK_JAVA,
  /** It has no alias, and sends nothing twice. */
  JITSU,
  /** In a page, with the public id: it may send no alias. */
  SEGMENT_BROWSER,
  /** Likewise. */
  RUDDERSTACK_BROWSER;

  /** Where the pages of the browser libraries are. */
  public static final String ORIGIN = "http://localhost:3000";

  /** Tests run in the folder of their module; the tools are in that of the project. */
  private static final Path TOOLS = Path.of("..", ".crowd", "tools");

  /** Of the versions in package.json. */
  private static final String FOLDER = "published-clients-2";

  private static final int PATIENCE_SECONDS = 60;

  public boolean isBrowser() {
    return switch (this) {
      case SEGMENT_BROWSER, RUDDERSTACK_BROWSER -> true;
      case SEGMENT_NODE, SEGMENT_JAVA, RUDDERSTACK_NODE, RUDDERSTACK_JAVA, JITSU -> false;
    };
  }

  /** Returns when it was handed over, and for Node when the client has ended. */
  public AutoCloseable send(String host, String key, String person) {
    return switch (this) {
      case SEGMENT_JAVA -> segmentJava(host, key, person);
      case RUDDERSTACK_JAVA -> rudderStackJava(host, key, person);
      case SEGMENT_NODE -> node("send.cjs", "segment", host, key, person);
      case RUDDERSTACK_NODE -> node("send.cjs", "rudderstack", host, key, person);
      case JITSU -> node("send.cjs", "jitsu", host, key, person);
      case SEGMENT_BROWSER -> node("browser.cjs", "segment", host, key, person);
      case RUDDERSTACK_BROWSER -> node("browser.cjs", "rudderstack", host, key, person);
    };
  }

  private static AutoCloseable segmentJava(String host, String key, String person) {
    var analytics =
        com.segment.analytics.Analytics.builder(key)
            .endpoint(host)
            .flushInterval(1, TimeUnit.SECONDS)
            .build();
    analytics.enqueue(
        com.segment.analytics.messages.IdentifyMessage.builder()
            .userId(person)
            .anonymousId("anon_" + person)
            .traits(Map.of("name", "Ada", "plan", "pro")));
    analytics.enqueue(
        com.segment.analytics.messages.TrackMessage.builder("Signed Up")
            .userId(person)
            .properties(Map.of("a", 1)));
    analytics.enqueue(
        com.segment.analytics.messages.PageMessage.builder("Home")
            .userId(person)
            .properties(Map.of("url", "https://x.test/")));
    analytics.enqueue(
        com.segment.analytics.messages.GroupMessage.builder("group-" + person)
            .userId(person)
            .traits(Map.of("name", "Acme")));
    analytics.enqueue(
        com.segment.analytics.messages.AliasMessage.builder("anon_old_" + person).userId(person));
    analytics.flush();
    return analytics::shutdown;
  }

  private static AutoCloseable rudderStackJava(String host, String key, String person) {
    var analytics =
        com.rudderstack.sdk.java.analytics.RudderAnalytics.builder(key)
            .setDataPlaneUrl(host)
            .flushInterval(1, TimeUnit.SECONDS)
            .build();
    analytics.enqueue(
        com.rudderstack.sdk.java.analytics.messages.IdentifyMessage.builder()
            .userId(person)
            .anonymousId("anon_" + person)
            .traits(Map.of("name", "Ada", "plan", "pro")));
    analytics.enqueue(
        com.rudderstack.sdk.java.analytics.messages.TrackMessage.builder("Signed Up")
            .userId(person)
            .properties(Map.of("a", 1)));
    analytics.enqueue(
        com.rudderstack.sdk.java.analytics.messages.PageMessage.builder("Home")
            .userId(person)
            .properties(Map.of("url", "https://x.test/")));
    analytics.enqueue(
        com.rudderstack.sdk.java.analytics.messages.GroupMessage.builder("group-" + person)
            .userId(person)
            .traits(Map.of("name", "Acme")));
    analytics.enqueue(
        com.rudderstack.sdk.java.analytics.messages.AliasMessage.builder("anon_old_" + person)
            .userId(person));
    analytics.flush();
    return analytics::shutdown;
  }

  private static AutoCloseable node(
      String script, String client, String host, String key, String person) {
    try {
      var folder = folder();
      var process =
          new ProcessBuilder("node", script, client, host, key, person)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(client + " did not end: " + output);
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(client + " failed: " + output);
      }
      return () -> {};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Installs the clients of Node, once.
   *
   * @throws crowd.local.npm.ToolMissingException if there is no Node
   */
  public static synchronized Path folder() throws IOException, InterruptedException {
    var folder = NpmFolder.in(TOOLS, FOLDER, PublishedClient.class);
    folder.with("send.cjs");
    folder.with("browser.cjs");
    folder.with("snippet.mjs");
    return folder.path();
  }
}
