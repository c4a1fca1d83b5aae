package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random histories through the whole product, while the way to DynamoDB loses, delays, refuses and
 * breaks requests. {@code -Dcrowd.histories} says how many, {@code -Dcrowd.seed} which is first.
 */
class FaultyStoreIT {

  private static final int HISTORIES = 40;

  /** Histories that come to rest together. */
  private static final int ROUND = 10;

  @Test
  void whatWasAcknowledgedIsThereOnce_whateverTheStoreDoes()
      throws IOException, InterruptedException {
    // given
    long seed = Long.getLong("crowd.seed", System.nanoTime() % 1_000_000_000);
    int size = Integer.getInteger("crowd.histories", HISTORIES);
    System.out.println(size + " histories from seed " + seed);
    var way = new AtomicReference<UnsteadyHttp>();
    try (var stage = Stage.start(http -> way.updateAndGet(_ -> new UnsteadyHttp(http)))) {
      var http = way.get();
      var api = stage.api();
      int repeats = 0;
      for (long done = 0; done < size; done += ROUND) {
        var histories =
            LongStream.range(seed + done, seed + Math.min(size, done + ROUND))
                .mapToObj(SeededHistory::new)
                .toList();
        // when
        for (var history : histories) {
          http.unsettle(history.faultSeed(), history.faultRate());
          history.send(api);
          repeats += history.repeats();
        }
        stage.consumeAll();
        stage.tryToReconcile();
        http.calm();
        stage.settleDown();
        // then
        check(new EndRules(api, stage.items()), histories);
      }
      System.out.println("met " + http.counts() + "; " + repeats + " requests were repeated");
      if (size >= HISTORIES) {
        assertEquals(EnumSet.allOf(StoreFault.class), http.counts().keySet());
      }
    }
  }

  private static void check(EndRules rules, List<SeededHistory> histories) {
    histories.forEach(rules::check);
    rules.checkNothingWaits();
  }
}
