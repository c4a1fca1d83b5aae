package crowd.local.eventsource;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Notes of what was given up, a JSON object a line, synced one by one. */
public final class FailureFile implements FailureDestination {

  private final Path path;

  public FailureFile(Path path) {
    this.path = path;
  }

  @Override
  public synchronized void send(Json.Obj note) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    try (var file = new FileOutputStream(path.toFile(), true)) {
      file.write((newLine() + JsonText.write(note) + "\n").getBytes(StandardCharsets.UTF_8));
      file.getFD().sync();
    }
  }

  /** Ends the line that a killed process left unfinished. */
  private String newLine() throws IOException {
    try (var channel = Files.newByteChannel(path)) {
      if (channel.size() == 0) {
        return "";
      }
      var last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) == '\n' ? "" : "\n";
    }
  }
}
