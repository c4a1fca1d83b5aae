package crowd.bench.runtime;

import crowd.local.folder.Folders;
import crowd.local.runtime.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A folder in which a package is laid out, and what a bench adds. */
public final class TaskRoot {

  private static final String LIBRARY = "libaws-crt-jni.so";

  private final Path folder;

  private TaskRoot(Path folder) {
    this.folder = folder;
  }

  public static TaskRoot in(Path folder) throws IOException {
    Folders.delete(folder);
    Files.createDirectories(folder);
    return new TaskRoot(folder);
  }

  public Path folder() {
    return folder;
  }

  public TaskRoot unpack(Path jar) throws IOException {
    Layout.unpack(jar, folder);
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
