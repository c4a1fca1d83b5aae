package crowd.local.clients;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * An example out of docs/clients.md, as it stands there but for the address and the user.
 *
 * @param section whose example it is
 * @param language as its block is marked
 * @param text what a reader would copy
 */
public record GuideExample(String section, String language, String text) {

  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\n(.*?)```");
  private static final int PATIENCE_SECONDS = 90;

  /** What a reader has at the head of his own file. */
  private static final String IMPORTS =
      """
      import static java.nio.charset.StandardCharsets.UTF_8;
      import java.net.URI;
      import java.net.http.*;
      import java.net.http.HttpRequest.BodyPublishers;
      import java.net.http.HttpResponse.BodyHandlers;
      import java.util.*;
      """;

  /** All of them, in order. */
  public static List<GuideExample> of(String guide) {
    var examples = new ArrayList<GuideExample>();
    for (var section : guide.split("\n## ", -1)) {
      var title = section.lines().findFirst().orElse("");
      BLOCK
          .matcher(section)
          .results()
          .forEach(block -> examples.add(new GuideExample(title, block.group(1), block.group(2))));
    }
    return List.copyOf(examples);
  }

  private String slug() {
    return section.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
  }

  /** The user whom it names when it is run. */
  public String person() {
    return "guide-" + slug();
  }

  /**
   * Runs it to its end.
   *
   * @param host host and port of the API
   * @return what it printed
   */
  public String run(String host) throws Exception {
    var mine = text.replace("127.0.0.1:4000", host).replace("user_123", person());
    return switch (language) {
      case "sh" -> process(Path.of("."), "bash", "-ec", mine);
      case "python" -> process(Path.of("."), "python3", "-c", mine);
      case "js" -> node(mine);
      case "java" -> java(mine);
      default -> throw new IllegalStateException("nothing runs " + language);
    };
  }

  private String node(String mine) throws Exception {
    var folder = PublishedClient.folder();
    var file = Files.createTempFile(folder, "example-" + slug() + "-", ".mjs");
    try {
      Files.writeString(file, mine + "export { analytics }\n");
      var place = mine.contains("'demo") ? "page" : "server";
      return process(folder, "node", "snippet.mjs", file.toString(), place, person());
    } finally {
      Files.delete(file);
    }
  }

  private static String process(Path folder, String... command) throws Exception {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command[0] + " failed: " + output);
    }
    return output;
  }

  private String java(String mine) throws Exception {
    var library =
        switch (section) {
          case "Segment, Java" -> "com.segment.analytics";
          case "RudderStack, Java" -> "com.rudderstack.sdk.java.analytics";
          default -> "";
        };
    var imports =
        library.isEmpty() ? "" : "import %1$s.*; import %1$s.messages.*;".formatted(library);
    var end =
        library.isEmpty()
            ? "return answer.body();"
            : "analytics.flush(); Thread.sleep(2000); analytics.shutdown(); return \"\";";
    var source =
        IMPORTS
            + imports
            + "public class Example { public static String run() throws Exception {\n"
            + mine
            + end
            + "}}";
    var folder = Files.createTempDirectory("crowd-example-");
    compile(source, folder);
    var urls = new URL[] {folder.toUri().toURL()};
    try (var loader = new URLClassLoader(urls, GuideExample.class.getClassLoader())) {
      return (String) loader.loadClass("Example").getMethod("run").invoke(null);
    } finally {
      delete(folder);
    }
  }

  private static void compile(String source, Path folder) {
    var file =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var options =
        List.of(
            "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    var complaints = new StringWriter();
    boolean isCompiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(complaints, null, null, options, null, List.of(file))
            .call();
    if (!isCompiled) {
      throw new IllegalStateException("does not compile: " + complaints);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
