package crowd.local.runtime;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.folder.Folders;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.template.FunctionResource;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A function of the packaged jar behind AWS's Runtime Interface Emulator, which speaks the Runtime
 * API in our place: one process, one call at a time.
 */
public final class EmulatedFunction implements LocalFunction, AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);
  private static final long LOOK_EVERY_MILLIS = 20;

  private final FunctionResource resource;
  private final Path temporary;
  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private EmulatedFunction(
      FunctionResource resource, Path temporary, Process process, URI address) {
    this.resource = resource;
    this.temporary = temporary;
    this.process = process;
    this.address = address;
  }

  /**
   * Starts the emulator, which starts the function at its first call.
   *
   * @param emulator the program
   * @param variables as of {@link PackagedFunction}
   * @param log takes what both print
   */
  public static EmulatedFunction start(
      Path emulator,
      FunctionResource resource,
      ManagedRuntime runtime,
      Map<String, String> variables,
      File log)
      throws IOException, InterruptedException {
    var port = freePort();
    var command =
        new ArrayList<>(
            List.of(
                emulator.toString(),
                "--runtime-interface-emulator-address",
                "127.0.0.1:" + port,
                "--runtime-api-address",
                "127.0.0.1:" + freePort()));
    var temporary = runtime.newTemporary();
    command.addAll(runtime.command(resource, temporary));
    var builder =
        new ProcessBuilder(command)
            .directory(runtime.task().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().clear();
    builder.environment().putAll(runtime.environment(resource, variables));
    builder
        .environment()
        .put("AWS_LAMBDA_FUNCTION_TIMEOUT", String.valueOf(resource.timeout().toSeconds()));
    var function =
        new EmulatedFunction(
            resource,
            temporary,
            builder.start(),
            URI.create("http://127.0.0.1:" + port + "/2015-03-31/functions/function/invocations"));
    try {
      function.await(port);
      return function;
    } catch (IOException | InterruptedException e) {
      function.close();
      throw e;
    }
  }

  @Override
  public FunctionResource resource() {
    return resource;
  }

  /** An error is told from an answer by its type: the emulator answers both with 200. */
  @Override
  public Invocation invoke(String event) {
    var request = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(event));
    try {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
      return JsonReader.readOwn(answer) instanceof Json.Obj fields
              && fields.text("errorType").isPresent()
          ? new Invocation.Failed(FunctionErrorException.reported(answer))
          : new Invocation.Answered(answer);
    } catch (IOException e) {
      return new Invocation.Failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Invocation.Failed(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(START.toSeconds(), TimeUnit.SECONDS);
      Folders.delete(temporary);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The runtime's folder goes as a whole later.
    }
  }

  private void await(int port) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    }
    throw new IOException("the Runtime Interface Emulator did not start");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
