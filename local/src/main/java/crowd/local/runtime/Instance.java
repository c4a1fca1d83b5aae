package crowd.local.runtime;

import crowd.local.folder.Folders;
import crowd.local.function.Invocation;
import crowd.local.runtime.RuntimeApi.Said;
import crowd.local.template.FunctionResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process of a function, for one call at a time: an execution environment of Lambda. It lives on
 * after a call for as long as it asks for the next one.
 */
final class Instance implements AutoCloseable {

  /** Lambda allows 10 s. A machine that is busy with other things takes longer than Lambda does. */
  private static final Duration START = Duration.ofSeconds(60);

  /** For a process that has answered to ask for the next event, or to end. */
  private static final Duration REST = Duration.ofSeconds(5);

  private static final Duration KILL = Duration.ofSeconds(10);

  private final Duration timeout;
  private final RuntimeApi api;
  private final Path temporary;
  private final Process process;
  private boolean isReady;

  private Instance(Duration timeout, RuntimeApi api, Path temporary, Process process) {
    this.timeout = timeout;
    this.api = api;
    this.temporary = temporary;
    this.process = process;
  }

  /**
   * Starts a process and does not wait for it.
   *
   * @param log takes what it prints, a line each
   */
  static Instance start(
      ManagedRuntime runtime,
      FunctionResource function,
      Map<String, String> variables,
      Consumer<String> log)
      throws IOException {
    var api =
        new RuntimeApi(
            "arn:aws:lambda:us-east-1:000000000000:function:" + function.name(),
            function.timeout());
    try {
      var temporary = runtime.newTemporary();
      var builder =
          new ProcessBuilder(runtime.command(function, temporary))
              .directory(runtime.task().toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(runtime.environment(function, variables));
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
      var process = builder.start();
      Thread.ofVirtual().start(() -> print(process, log));
      var _ = process.onExit().thenAccept(ended -> api.ended(ended.exitValue()));
      return new Instance(function.timeout(), api, temporary, process);
    } catch (IOException | RuntimeException e) {
      api.close();
      throw e;
    }
  }

  /** Whether it can take a call. */
  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Hands it an event, once it has started. Not alive afterwards, if it was given up. */
  Invocation call(String event) throws InterruptedException {
    if (!isReady) {
      var first = api.hear(START);
      if (!isReady(first)) {
        close();
        return notStarted(first);
      }
    }
    api.hand(event);
    var said = api.hear(timeout);
    var ending = said.map(Instance::ending).orElseGet(Invocation.TimedOut::new);
    isReady = !(ending instanceof Invocation.TimedOut) && isReady(api.hear(REST));
    if (!isReady) {
      close();
    }
    return ending;
  }

  private static boolean isReady(Optional<Said> said) {
    return said.isPresent() && said.get() instanceof Said.Ready;
  }

  private static Invocation notStarted(Optional<Said> said) {
    return said.map(Instance::ending)
        .orElseGet(() -> new Invocation.Failed(FunctionErrorException.neverReady()));
  }

  private static Invocation ending(Said said) {
    return switch (said) {
      case Said.Response(var payload) -> new Invocation.Answered(payload);
      case Said.Failed(var error) -> new Invocation.Failed(FunctionErrorException.reported(error));
      case Said.NotStarted(var error) ->
          new Invocation.Failed(FunctionErrorException.reported(error));
      case Said.Ended(var exit) -> new Invocation.Failed(FunctionErrorException.exited(exit));
      case Said.Ready() -> new Invocation.Failed(FunctionErrorException.exited(0));
    };
  }

  private static void print(Process process, Consumer<String> log) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        log.accept(line);
      }
    } catch (IOException e) {
      // It was killed in the midst of a line.
    }
  }

  /** Kills it, as Lambda does: it is told nothing before. */
  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
    try {
      process.waitFor(KILL.toSeconds(), TimeUnit.SECONDS);
      Folders.delete(temporary);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The runtime's folder goes as a whole later.
    }
  }
}
