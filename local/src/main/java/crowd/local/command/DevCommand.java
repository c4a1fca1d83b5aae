package crowd.local.command;

import crowd.local.console.Console;
import crowd.local.dev.Demo;
import crowd.local.dev.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.crt.CRT;

@Command(name = "dev", description = "Runs the whole product on this machine, until CTRL-C.")
final class DevCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port of the API; 0 for any that is free (${DEFAULT-VALUE}).")
  private int port = 4000;

  @Option(names = "--ephemeral", description = "Keeps nothing.")
  private boolean ephemeral;

  @Option(
      names = "--kinesis",
      description =
          "Runs on the Kinesis emulator (needs Node 20) in place of the log in the data folder.")
  private boolean kinesis;

  @Option(
      names = "--packaged",
      description =
          "Runs functions.jar as Lambda does, each function in processes of its own; on the Kinesis emulator, too.")
  private boolean packaged;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new Complaint("--port is 0 to 65535");
    }
    var folder = ephemeral ? Optional.<Path>empty() : Optional.of(data.path());
    var console = Console.ofThisProcess();
    var stack = start(folder, console);
    // Or the SDK's HTTP client answers no more as soon as the process is told to end.
    CRT.acquireShutdownRef();
    var ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              stack.close();
              CRT.releaseShutdownRef();
              console.say("ended");
              ended.countDown();
            }));
    greet(stack.port(), folder);
    ended.await();
    return 0;
  }

  private LocalStack start(Optional<Path> folder, Console console)
      throws IOException, InterruptedException {
    return packaged
        ? LocalStack.startPackaged(
            Place.template(), port, folder, Place.tools(), Place.jar(), console)
        : LocalStack.start(Place.template(), port, folder, Place.tools(), kinesis, console);
  }

  private static void greet(int port, Optional<Path> folder) {
    var started = ProcessHandle.current().info().startInstant().orElse(Instant.now());
    var address = "http://127.0.0.1:" + port;
    System.out.printf(
        """

        ready after %.1f s; CTRL-C ends it

          API         %s
          its docs    %s/docs
          Users page  %s/
          website     %s
          server key  %s
          read key    %s
          data        %s
          a shop      %s/demo

        Try it:

          curl -X POST %s/identify -H 'Content-Type: application/json' -H 'X-Crowd-Key: %s' -d '{"website":"%s","user_id":"user_123","traits":{"plan":"pro"}}'

        """,
        Duration.between(started, Instant.now()).toMillis() / 1000.0,
        address,
        address,
        address,
        Demo.WEBSITE,
        Demo.SERVER_KEY,
        Demo.READ_KEY,
        folder.map(Path::toString).orElse("none is kept"),
        address,
        address,
        Demo.SERVER_KEY,
        Demo.WEBSITE);
    System.out.flush();
  }
}
