package crowd.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One process of a function, from its start to its end. */
public final class Instance implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * How long a first call took.
   *
   * @param total from the start of the process to the answer
   * @param init of it, up to the moment at which the function asked for its first call
   * @param cpu processor time until the answer, all threads together
   * @param answer as it was written
   */
  public record FirstCall(Duration total, Duration init, Duration cpu, String answer) {
    public Duration call() {
      return total.minus(init);
    }
  }

  private final RuntimeHost host;
  private final Process process;
  private final Path log;
  private final long began;

  private Instance(RuntimeHost host, Process process, Path log, long began) {
    this.host = host;
    this.process = process;
    this.log = log;
    this.began = began;
  }

  /**
   * Starts a process for which an event lies ready.
   *
   * @param share of a processor that it may use
   */
  public static Instance start(Launch launch, CpuShare share, String event) throws IOException {
    var started = new AtomicReference<Process>();
    var host = new RuntimeHost(() -> share.limit(Objects.requireNonNull(started.get()).pid()));
    host.offer(event);
    var log = Files.createTempFile("crowd-bench", ".log");
    var builder =
        new ProcessBuilder(launch.command())
            .directory(launch.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", host.address());
    long began = System.nanoTime();
    var process = builder.start();
    started.set(process);
    return new Instance(host, process, log, began);
  }

  /** Once, of the event that it was started with. */
  public FirstCall firstCall(String expected) throws InterruptedException, IOException {
    var answered = awaited(expected);
    return new FirstCall(
        Duration.ofNanos(answered.answeredAt() - began),
        Duration.ofNanos(answered.askedAt() - began),
        cpu(),
        answered.payload());
  }

  /** Calls it, now that it is warm. */
  public void call(String event, String expected) throws InterruptedException, IOException {
    host.offer(event);
    awaited(expected);
  }

  private RuntimeHost.Answered awaited(String expected) throws InterruptedException, IOException {
    try {
      var answered = host.await(PATIENCE);
      if (answered.payload().startsWith(RuntimeHost.FAILED)
          || !answered.payload().contains(expected)) {
        throw new IllegalStateException("answered " + answered.payload());
      }
      return answered;
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + "; " + Files.readString(log), e);
    }
  }

  /**
   * Waits for it to end by itself.
   *
   * @throws IOException if it does not end well
   */
  public void awaitEnd() throws InterruptedException, IOException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("it did not end well; " + Files.readString(log));
    }
  }

  /** Processor time that it has used by now, all threads together. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    host.close();
    Files.deleteIfExists(log);
  }
}
