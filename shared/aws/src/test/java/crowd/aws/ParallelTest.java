package crowd.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {

  @Test
  void map_keepsTheOrder() {
    var inputs = IntStream.range(0, 500).boxed().toList();
    assertEquals(inputs, Parallel.map(inputs, input -> input));
    assertEquals(List.of(), Parallel.map(List.of(), input -> input));
    assertEquals(List.of(1), Parallel.map(List.of(1), input -> input));
  }

  @Test
  void map_runsSideBySide() {
    // given: two that end only together
    var both = new CountDownLatch(2);
    // when
    var met =
        Parallel.map(
            List.of(1, 2),
            input -> {
              both.countDown();
              return await(both);
            });
    // then
    assertEquals(List.of(true, true), met);
  }

  @Test
  void map_leavesConnectionsToOthers() {
    // given
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    // when
    Parallel.map(
        IntStream.range(0, 500).boxed().toList(),
        input -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          LockSupport.parkNanos(100_000); // so that others run meanwhile
          return running.decrementAndGet();
        });
    // then
    assertTrue(most.get() <= Clients.MAX_CONNECTIONS / 2, "at once: " + most);
  }

  @Test
  void map_whenOneFails_throwsItAfterAllHaveEnded() {
    // given
    var ended = new AtomicInteger();
    // when
    var thrown =
        assertThrows(
            UnsupportedOperationException.class,
            () ->
                Parallel.map(
                    List.of(1, 2, 3),
                    input -> {
                      if (input == 1) {
                        throw new UnsupportedOperationException("first");
                      }
                      return ended.incrementAndGet();
                    }));
    // then
    assertEquals("first", thrown.getMessage());
    assertEquals(2, ended.get());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
