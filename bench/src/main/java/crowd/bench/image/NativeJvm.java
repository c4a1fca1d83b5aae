package crowd.bench.image;

import crowd.bench.Root;
import crowd.bench.cloud.Certificate;
import crowd.bench.cloud.CloudStub;
import crowd.bench.cloud.Recording;
import crowd.bench.handler.Rehearsal;
import crowd.bench.runtime.CpuShare;
import crowd.bench.runtime.Instance;
import crowd.bench.runtime.Packages;
import crowd.bench.runtime.Surroundings;
import crowd.bench.runtime.TaskRoot;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.local.folder.Folders;
import crowd.local.runtime.RuntimeClient;
import crowd.local.template.FunctionResource;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Makes package B, for {@code provided.al2023} on this machine's processor: a Java with the modules
 * that the functions use, the jar, the runtime client, and a cache of what a run of all sample
 * events loaded.
 */
public final class NativeJvm {

  /** Lambda's, of all that a package holds once it is laid out. */
  private static final long MOST_BYTES = 250L << 20;

  private static final int MEMORY = 1024;
  private static final String CACHE = "crowd.aot";

  /**
   * A JVM that finds in the cache which methods were busy compiles all of them at once, before it
   * answers anything, and on the fraction of a processor that a small function has.
   */
  private static final String NO_PROFILES = "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining";

  private static final String FUNCTIONS = "functions.jar";

  /** The cache holds the times of the jars, and a zip has only even seconds. */
  private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private final TaskRoot root;
  private final Path folder;
  private final Map<String, FunctionResource> functions;

  private NativeJvm(TaskRoot root, Map<String, FunctionResource> functions) {
    this.root = root;
    this.folder = root.folder();
    this.functions = functions;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var functions = TemplateReader.read(Root.file("template.yaml")).functions();
    new NativeJvm(TaskRoot.in(Packages.nativeJvm()), functions).make();
    // The HTTP server of the emulator leaves threads behind.
    System.exit(0);
  }

  private void make() throws IOException, InterruptedException {
    lay();
    link();
    var certificate = Certificate.in(Root.file("bench/target/certificate"));
    try (var stub = new CloudStub(certificate)) {
      var around = new Surroundings(certificate, stub.port(), MEMORY);
      rehearse(stub, around);
      var zip = Root.file("functions/target/native-jvm.zip");
      long bytes = Zip.of(folder, zip, TIME);
      if (bytes > MOST_BYTES) {
        throw new IOException("more than Lambda takes: " + bytes + " bytes laid out");
      }
      check(zip, stub, around);
      DeployTemplate.write(zip);
      System.out.printf(
          "%s: %d MB, laid out %d MB of %d; for %s%n",
          Root.file("").relativize(zip),
          Files.size(zip) >> 20,
          bytes >> 20,
          MOST_BYTES >> 20,
          DeployTemplate.processor());
    }
  }

  /** The jars, the libraries beside them so that nothing has to be unpacked, and the start. */
  private void lay() throws IOException {
    var lib = Files.createDirectories(folder.resolve("lib"));
    var jars = new ArrayList<Path>();
    jars.add(Slim.copy(Packages.functionsJar(), lib.resolve(FUNCTIONS)));
    for (var jar : RuntimeClient.jars()) {
      jars.add(Files.copy(jar, lib.resolve(jar.getFileName().toString())));
    }
    for (var jar : jars) {
      Files.setLastModifiedTime(jar, TIME);
    }
    var processor = TaskRoot.isArm() ? "aarch_64" : "x86_64";
    Slim.extract(
        Packages.functionsJar(),
        TaskRoot.isArm()
            ? "lib/libaws-crt-jni.so"
            : "linux/" + processor + "/glibc/libaws-crt-jni.so",
        lib.resolve("libaws-crt-jni.so"));
    for (var jar : RuntimeClient.jars()) {
      if (jar.getFileName().toString().startsWith("aws-lambda-java-runtime-interface-client")) {
        Slim.extract(
            jar,
            "jni/libaws-lambda-jni.linux-" + processor + ".so",
            lib.resolve("libaws-lambda-jni.so"));
      }
    }
    var bootstrap = folder.resolve("bootstrap");
    try (var in = NativeJvm.class.getResourceAsStream("bootstrap")) {
      if (in == null) {
        throw new IOException("no bootstrap");
      }
      Files.copy(in, bootstrap, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("classpath"), classPath());
  }

  private String classPath() throws IOException {
    var names = new ArrayList<>(List.of("lib/" + FUNCTIONS));
    RuntimeClient.jars().forEach(jar -> names.add("lib/" + jar.getFileName()));
    return String.join(":", names);
  }

  private void link() throws IOException, InterruptedException {
    var modules = new TreeSet<String>();
    // To resolve hosts and to be told of Lambda's clock nothing else is asked for by name.
    modules.add("java.naming");
    for (var jar : classPath().split(":", -1)) {
      var said =
          Tool.run(
              folder,
              "jdeps",
              List.of(
                  "--print-module-deps",
                  "--ignore-missing-deps",
                  "--multi-release",
                  "25",
                  "--class-path",
                  classPath(),
                  jar));
      var lines = said.strip().lines().toList();
      modules.addAll(List.of(lines.getLast().split(",", -1)));
    }
    Tool.run(
        folder,
        "jlink",
        List.of(
            "--add-modules",
            String.join(",", modules),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--vm",
            "server",
            "--output",
            "java"));
  }

  private void rehearse(CloudStub stub, Surroundings around)
      throws IOException, InterruptedException {
    // Beside the package's own classes, and so out of the cache, which is for the class path.
    var added = folder.resolve("crowd");
    root.with(Rehearsal.class);
    var launch =
        around.provided(
            "rehearsal",
            folder,
            Rehearsal.class.getName(),
            Map.of("CROWD_AOT", "-XX:AOTCacheOutput=" + CACHE, "CROWD_JAVA_OPTIONS", NO_PROFILES));
    Recording.of(
        stub,
        () -> {
          var first = Sample.ALL.getFirst();
          try (var instance = Instance.start(launch, CpuShare.ALL, call(first))) {
            instance.firstCall(first.expected());
            for (var sample : Sample.ALL.subList(1, Sample.ALL.size())) {
              instance.call(call(sample), sample.expected());
            }
            instance.call("{}", "over");
            instance.awaitEnd();
          }
        });
    Folders.delete(added);
    if (!Files.exists(folder.resolve(CACHE))) {
      throw new IOException("the rehearsal left no cache");
    }
  }

  private String call(Sample sample) throws IOException {
    return JsonText.write(
        Json.Obj.EMPTY
            .with("handler", new Json.Text(handler(sample.function())))
            .with("event", new Json.Text(sample.text())));
  }

  private String handler(String function) {
    var found = functions.get(function);
    if (found == null) {
      throw new IllegalStateException("no " + function + " in template.yaml");
    }
    return found.handler();
  }

  /**
   * Each function by itself, from a copy of the package somewhere else, with a JVM that would
   * rather not start than leave the cache aside.
   */
  private void check(Path zip, CloudStub stub, Surroundings around)
      throws IOException, InterruptedException {
    var elsewhere = TaskRoot.in(Root.file("bench/target/task/native-jvm")).folder();
    Zip.unpack(zip, elsewhere);
    var unchecked = new TreeSet<>(functions.keySet());
    Recording.of(
        stub,
        () -> {
          for (var sample : Sample.ALL) {
            var launch =
                around.provided(
                    sample.event(),
                    elsewhere,
                    handler(sample.function()),
                    Map.of("CROWD_JAVA_OPTIONS", "-XX:AOTMode=on"));
            try (var instance = Instance.start(launch, CpuShare.ALL, sample.text())) {
              var took = instance.firstCall(sample.expected());
              System.err.printf(
                  "%s %s: %d ms%n", sample.function(), sample.event(), took.total().toMillis());
            }
            unchecked.remove(sample.function());
          }
        });
    if (!unchecked.isEmpty()) {
      throw new IOException("no sample event for " + unchecked);
    }
  }
}
