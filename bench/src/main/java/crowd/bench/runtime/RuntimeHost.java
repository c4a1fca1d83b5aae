package crowd.bench.runtime;

import crowd.bench.wire.Listener;
import crowd.bench.wire.Reply;
import crowd.bench.wire.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;

/** Lambda's side of the Runtime API for one process, which notes when it is spoken to. */
final class RuntimeHost implements AutoCloseable {

  /** Before what a function says that did not start, or ended a call with an exception. */
  static final String FAILED = "failed: ";

  private static final String ROOT = "/2018-06-01/runtime/";

  /**
   * What a function answered.
   *
   * @param askedAt when it asked for the call, {@link System#nanoTime}
   * @param answeredAt when all of its answer was there
   */
  record Answered(String payload, long askedAt, long answeredAt) {}

  private final Listener listener;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
  private final AtomicLong asked = new AtomicLong();
  private final Runnable onStarted;
  private boolean isStarted;

  /**
   * @param onStarted once, when the function asks for its first call, and before it gets it
   */
  RuntimeHost(Runnable onStarted) throws IOException {
    this.onStarted = onStarted;
    listener = new Listener(ServerSocketFactory.getDefault(), this::answer);
  }

  /** As {@code AWS_LAMBDA_RUNTIME_API} has it. */
  String address() {
    return "127.0.0.1:" + listener.port();
  }

  /** Has an event lie ready for the next time that the function asks. */
  void offer(String event) {
    events.add(event);
  }

  /**
   * @throws IllegalStateException if the function says nothing
   */
  Answered await(Duration patience) throws InterruptedException {
    var answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new IllegalStateException("the function said nothing for " + patience);
    }
    return answer;
  }

  private Reply answer(Request request) throws InterruptedException {
    var path = request.path().substring(ROOT.length());
    if (path.equals("invocation/next")) {
      asked.set(System.nanoTime());
      if (!isStarted) {
        isStarted = true;
        onStarted.run();
      }
      return next(events.take());
    }
    long now = System.nanoTime();
    var said = path.endsWith("/response") ? request.text() : FAILED + request.text();
    answers.add(new Answered(said, asked.get(), now));
    return Reply.of(202, Map.of(), new byte[0]);
  }

  private static Reply next(String event) {
    return Reply.of(
        200,
        Map.of(
            "content-type", "application/json",
            "lambda-runtime-aws-request-id", "7f3c7a52-5a0e-4a53-9d4b-2f1d8f0c6b11",
            "lambda-runtime-deadline-ms", "" + Instant.now().plusSeconds(60).toEpochMilli(),
            "lambda-runtime-invoked-function-arn",
                "arn:aws:lambda:eu-central-1:000000000000:function:crowd"),
        event.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
