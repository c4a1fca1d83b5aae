package crowd.local.schedule;

import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.template.Schedule;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Calls the scheduled functions at their rates, one run of each after the other. */
public final class ScheduleRunner implements AutoCloseable {

  private static final long LOOK_EVERY_MILLIS = 250;

  private record Job(LocalFunction function, Rate rate) {}

  private final List<Job> jobs;
  private final InstantSource clock;
  private final BiConsumer<String, Invocation> defects;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Thread> threads;

  /**
   * @param functions by logical name
   * @param defects told of each run that did not end with an answer, with the function's name
   */
  public ScheduleRunner(
      List<Schedule> schedules,
      Map<String, ? extends LocalFunction> functions,
      InstantSource clock,
      BiConsumer<String, Invocation> defects) {
    this.clock = clock;
    this.defects = defects;
    var start = clock.instant();
    this.jobs =
        schedules.stream()
            .map(schedule -> {
              var function = functions.get(schedule.function());
              if (function == null) {
                throw new IllegalArgumentException(
                    "a schedule without a function: " + schedule.function());
              }
              return new Job(function, new Rate(schedule.rate(), start));
            })
            .toList();
    this.threads = jobs.stream().map(job -> Thread.ofVirtual().unstarted(() -> run(job))).toList();
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  /** Waits for the runs under way. */
  @Override
  public void close() {
    closing.countDown();
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void run(Job job) {
    try {
      do {
        if (job.rate().isDue(clock.instant())) {
          call(job.function());
        }
      } while (!closing.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(LocalFunction function) {
    var ending = function.invoke(ScheduledEvent.at(clock.instant()));
    if (!(ending instanceof Invocation.Answered)) {
      defects.accept(function.resource().name(), ending);
    }
  }
}
