package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.local.stream.FolderInUseException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  private static final URI ADDRESS = URI.create("http://127.0.0.1:4711");

  @TempDir private Path path = Path.of("");

  @Test
  void take_byTwo_isRefusedUntilTheFirstIsDone() throws IOException {
    // given
    var first = DataFolder.take(path);
    // then
    assertThrows(FolderInUseException.class, () -> DataFolder.take(path));
    first.close();
    DataFolder.take(path).close();
  }

  @Test
  void address_isThereFromAnnouncementToEnd() throws IOException {
    // given
    var folder = DataFolder.take(path);
    assertEquals(Optional.empty(), DataFolder.address(path));
    // when
    folder.announce(ADDRESS);
    // then
    assertEquals(Optional.of(ADDRESS), DataFolder.address(path));
    folder.close();
    assertEquals(Optional.empty(), DataFolder.address(path));
  }
}
