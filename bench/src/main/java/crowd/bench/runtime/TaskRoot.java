package crowd.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.zip.ZipInputStream;

/** The folder that Lambda lays a package out in. */
public final class TaskRoot {

  private static final String LIBRARY = "libaws-crt-jni.so";

  private final Path folder;

  private TaskRoot(Path folder) {
    this.folder = folder;
  }

  public static TaskRoot in(Path folder) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
    return new TaskRoot(folder);
  }

  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  public Path folder() {
    return folder;
  }

  /** Lays the entries of a jar out, as Lambda does with what it is given. */
  public TaskRoot unpack(Path jar) throws IOException {
    try (var in = new ZipInputStream(Files.newInputStream(jar))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException("leads out of the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(in, file);
        }
      }
    }
    return this;
  }

  /** Adds classes of our own, for comparison. */
  public TaskRoot with(Class<?>... types) throws IOException {
    for (var type : types) {
      var name = type.getName().replace('.', '/') + ".class";
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      try (var in = type.getClassLoader().getResourceAsStream(name)) {
        if (in == null) {
          throw new IOException("no " + name);
        }
        Files.copy(in, file);
      }
    }
    return this;
  }

  /**
   * The library beside the classes is that of the processor that is deployed to: now of this one.
   */
  public TaskRoot withLibraryOfThisProcessor() throws IOException {
    var library = folder.resolve("lib").resolve(LIBRARY);
    if (Files.exists(library) && !isArm()) {
      Files.delete(library);
      Files.copy(folder.resolve("linux/x86_64/glibc").resolve(LIBRARY), library);
    }
    return this;
  }

  public static boolean isArm() {
    var processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return processor.equals("aarch64") || processor.equals("arm64");
  }
}
