package crowd.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar that is deployed. */
class FunctionsJarIT {

  private static final Path JAR = Path.of("target", "functions.jar");

  /** Lambda takes 50 MB; what is more than this came in by mistake. */
  private static final long MAX_BYTES = 18_000_000;

  private static final Pattern HANDLER = Pattern.compile("(?m)^ +Handler: (\\S+)$");

  private static List<String> names() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void jar_isOfTheSizeThatItShouldBe() throws IOException {
    assertTrue(Files.size(JAR) < MAX_BYTES, "bytes: " + Files.size(JAR));
  }

  @Test
  void jar_holdsOneHttpClientForTheFunctionsProcessorAndForThisOne() throws IOException {
    // given
    var names = names();

    // then
    assertTrue(names.contains("linux/armv8/glibc/libaws-crt-jni.so"));
    assertTrue(names.contains("linux/x86_64/glibc/libaws-crt-jni.so"));
    // Found without being unpacked.
    assertTrue(names.contains("lib/libaws-crt-jni.so"));
    assertTrue(names.contains("software/amazon/awssdk/http/crt/AwsCrtHttpClient.class"));
    for (var other :
        List.of(
            "software/amazon/awssdk/http/apache/",
            "software/amazon/awssdk/http/apache5/",
            "software/amazon/awssdk/http/nio/",
            "software/amazon/awssdk/http/urlconnection/",
            "io/netty/",
            "org/apache/http/",
            "com/fasterxml/jackson/databind/",
            "org/snakeyaml/")) {
      assertEquals(List.of(), names.stream().filter(name -> name.startsWith(other)).toList());
    }
  }

  @Test
  void jar_holdsTheDocumentOfTheApi() throws IOException {
    assertTrue(names().contains("crowd/functions/pages/openapi.json"));
  }

  @Test
  void jar_holdsNoSignatureOfAnother() throws IOException {
    assertEquals(
        List.of(),
        names().stream().filter(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)")).toList());
  }

  @Test
  void jar_holdsEveryHandlerAndAllThatItNeeds() throws Exception {
    // given
    var parent = new OnlyThePlatformAndLambda();
    var template = Files.readString(Path.of("..", "template.yaml"));
    var handlers = HANDLER.matcher(template).results().map(handler -> handler.group(1)).toList();
    assertFalse(handlers.isEmpty());
    try (var jar = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, parent)) {
      for (var name : handlers) {
        // when
        var handler = Class.forName(name, true, jar);

        // then
        assertTrue(RequestStreamHandler.class.isAssignableFrom(handler), name);
        assertEquals(
            List.of(0, 1),
            Stream.of(handler.getConstructors())
                .map(constructor -> constructor.getParameterCount())
                .sorted()
                .toList());
      }
    }
  }

  /** The interfaces of Lambda are this test's own, so that it can tell a handler by its type. */
  private static final class OnlyThePlatformAndLambda extends ClassLoader {

    OnlyThePlatformAndLambda() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("com.amazonaws.services.lambda.runtime.")) {
        return Class.forName(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
