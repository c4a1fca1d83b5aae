package crowd.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callsites/CallSites.java makes of classes does what they did. */
class CallSitesIT {

  private static final Path CLASSES = Path.of("target", "test-classes");
  private static final String PACKAGE = "crowd/functions/";

  @TempDir Path folder;

  @Test
  void writtenOut_doesTheSame() throws Exception {
    // given
    var jar = jar();
    assertNotEquals(Set.of(), madeAtRunTime(jar));

    // when
    rewrite(jar, PACKAGE);

    // then
    assertEquals(Set.of(), madeAtRunTime(jar));
    try (var loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      var outcomes =
          loader.loadClass(CallSitesFixture.class.getName()).getMethod("outcomes").invoke(null);
      assertEquals(CallSitesFixture.outcomes(), outcomes);
    }
  }

  @Test
  void classesOfOtherNames_stayAsTheyWere() throws Exception {
    // given
    var jar = jar();
    var before = contents(jar);

    // when
    rewrite(jar, "crowd/other/");

    // then
    assertEquals(before, contents(jar));
  }

  @Test
  void functionsJar_leavesNothingOfOursToTheStart() throws IOException {
    assertEquals(Set.of(), madeAtRunTime(Path.of("target", "functions.jar")));
  }

  private Path jar() throws IOException {
    var jar = folder.resolve("fixture.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar));
        var files = Files.newDirectoryStream(CLASSES.resolve(PACKAGE), "CallSitesFixture*.class")) {
      for (var file : files) {
        out.putNextEntry(new ZipEntry(PACKAGE + file.getFileName()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  private static void rewrite(Path jar, String prefix) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = List.of(java, "callsites/CallSites.java", jar.toString(), prefix);
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  private static List<String> contents(Path path) throws IOException {
    var contents = new ArrayList<String>();
    try (var jar = new JarFile(path.toFile())) {
      for (var entry : jar.stream().toList()) {
        contents.add(entry.getName() + " " + entry.getTimeLocal() + " " + entry.getCrc());
      }
    }
    return contents;
  }

  /**
   * The switches over types and the equals and hashCode of records that a JVM would have to make.
   */
  private static Set<String> madeAtRunTime(Path path) throws IOException {
    var made = new HashSet<String>();
    try (var jar = new JarFile(path.toFile())) {
      for (var entry : jar.stream().filter(CallSitesIT::isOurs).toList()) {
        ClassFile.of().parse(jar.getInputStream(entry).readAllBytes()).methods().stream()
            .flatMap(method -> method.code().stream())
            .flatMap(code -> code.elementStream())
            .filter(InvokeDynamicInstruction.class::isInstance)
            .map(InvokeDynamicInstruction.class::cast)
            .filter(CallSitesIT::isOfSwitchOrRecord)
            .map(site -> entry.getName() + " " + site.name())
            .forEach(made::add);
      }
    }
    return made;
  }

  private static boolean isOurs(ZipEntry entry) {
    return entry.getName().startsWith("crowd/") && entry.getName().endsWith(".class");
  }

  private static boolean isOfSwitchOrRecord(InvokeDynamicInstruction site) {
    return switch (site.bootstrapMethod().owner().displayName()) {
      case "SwitchBootstraps" -> site.name().equalsString("typeSwitch");
      case "ObjectMethods" -> !site.name().equalsString("toString");
      default -> false;
    };
  }
}
