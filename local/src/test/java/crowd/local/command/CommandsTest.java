package crowd.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.Project;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void inTheProject() {
    System.setProperty("crowd.root", Project.file("").toString());
  }

  @AfterEach
  void anywhere() {
    System.clearProperty("crowd.root");
  }

  private int crowd(String... arguments) {
    return Commands.line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void help_listsEveryCommand_theScriptsToo() throws IOException {
    // when
    var exit = crowd("help");
    // then
    assertEquals(0, exit);
    for (var command : Commands.line().getSubcommands().keySet()) {
      assertTrue(out.toString().contains("\n  " + command), command);
    }
    for (var command : new String[] {"test", "format", "package"}) {
      assertTrue(out.toString().contains("\n  " + command), command);
      assertTrue(Files.readString(Project.file("crowd")).contains("\n  " + command + ")"), command);
    }
  }

  @Test
  void noCommand_isHelp() {
    assertEquals(0, crowd());
    assertTrue(out.toString().startsWith("Usage: crowd"), out.toString());
  }

  @Test
  void unknownCommand_is2() {
    assertEquals(2, crowd("frobnicate"));
  }

  @Test
  void dev_portTaken_isOneLine() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // when
      var exit = crowd("dev", "--ephemeral", "--port", "" + taken.getLocalPort());
      // then
      assertEquals(1, exit);
      assertEquals(
          "crowd: the port is taken: end what uses it, or choose another with --port\n",
          err.toString().replace(System.lineSeparator(), "\n"));
    }
  }

  @Test
  void dev_folderThatIsAFile_isOneLine() throws IOException {
    // given
    var file = Files.writeString(folder.resolve("file"), "");
    // when
    var exit = crowd("dev", "--port", "0", "--data", file.toString());
    // then
    assertEquals(1, exit);
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void dev_illegalPort_isOneLine() {
    assertEquals(1, crowd("dev", "--port", "70000"));
    assertEquals("crowd: --port is 0 to 65535", err.toString().strip());
  }

  @Test
  void invoke_answersWithThePayload() {
    // when
    var exit =
        crowd(
            "invoke",
            "pages",
            Project.file("events/pages.json").toString(),
            "--data",
            folder.toString());
    // then
    assertEquals(0, exit);
    assertTrue(out.toString().contains("\"statusCode\":200"), out.toString());
  }

  @Test
  void invoke_unknownFunction_saysWhichThereAre() {
    assertEquals(1, crowd("invoke", "greet", "some.json"));
    assertTrue(
        err.toString().contains("there are: audit, batch, compat, consumer, identify"),
        err.toString());
  }

  @Test
  void invoke_noFile_isOneLine() {
    assertEquals(1, crowd("invoke", "pages", folder.resolve("none.json").toString()));
    assertEquals("crowd: no file " + folder.resolve("none.json"), err.toString().strip());
  }

  @Test
  void check_unknown_isOneLine() {
    assertEquals(1, crowd("check", "nothing-like-it"));
    assertEquals(
        "crowd: no check nothing-like-it; ./crowd check lists them", err.toString().strip());
  }

  @Test
  void site_illegalName_isOneLine() {
    assertEquals(1, crowd("site", "add", "not a name", "--data", folder.toString()));
    assertEquals(1, err.toString().strip().lines().count(), err.toString());
  }
}
