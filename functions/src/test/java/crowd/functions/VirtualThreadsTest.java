package crowd.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {

  private final VirtualThreads tasks = new VirtualThreads();

  private static List<Supplier<Integer>> tasks(int n, IntFunction<Integer> task) {
    return IntStream.range(0, n).<Supplier<Integer>>mapToObj(i -> () -> task.apply(i)).toList();
  }

  @Test
  void all_ofManyTasks_answersInTheirOrder() {
    assertEquals(List.of(), tasks.all(tasks(0, i -> i)));
    assertEquals(List.of(0), tasks.all(tasks(1, i -> i)));
    assertEquals(IntStream.range(0, 500).boxed().toList(), tasks.all(tasks(500, i -> i)));
  }

  @Test
  void all_runsThemAtOnceButNotTooMany() {
    // given
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var full = new CountDownLatch(VirtualThreads.AT_ONCE);

    // when
    tasks.all(
        tasks(
            100,
            i -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              full.countDown();
              await(full);
              return running.decrementAndGet();
            }));

    // then
    assertEquals(VirtualThreads.AT_ONCE, most.get());
  }

  @Test
  void all_whenSomeThrow_throwsTheFirstOnceAllHaveEnded() {
    // given
    var ended = new AtomicInteger();
    var first = new IllegalStateException("first");

    // when
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                tasks.all(
                    tasks(
                        50,
                        i -> {
                          ended.incrementAndGet();
                          if (i == 7) {
                            throw first;
                          }
                          if (i > 7) {
                            throw new IllegalStateException("later");
                          }
                          return i;
                        })));

    // then
    assertSame(first, thrown);
    assertEquals(50, ended.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
