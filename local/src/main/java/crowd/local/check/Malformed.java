package crowd.local.check;

import crowd.local.openapi.Contract;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Valid requests with one to four things wrong, at the real functions on tables in memory. Each has
 * to be answered with 200 or with a problem of its own (4xx, a stable code, nothing of what was
 * sent), as the document of the API says; what is refused writes nothing, and a good message of a
 * batch is kept beside bad ones. A part goes by a connection, and is damaged there. Size: requests.
 */
final class Malformed implements Check {

  /** For each of them a table of its own, which so stays small. */
  private static final int REQUESTS_OF_A_WORLD = 5_000;

  @Override
  public String name() {
    return "malformed";
  }

  @Override
  public String about() {
    return "requests with 1 to 4 things wrong: wrong answers, traces of refused ones, lost good ones";
  }

  @Override
  public long ciSize() {
    return 60_000;
  }

  @Override
  public Figure run(long size) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("malformed: -Dseed=" + seed);
    var tally = send(seed, size);
    System.err.printf(
        "malformed: %d taken, %d refused (%d by a connection); %d damaged; %d good ones beside bad ones%n",
        tally.taken(), tally.refused(), tally.connected(), tally.damaged(), tally.beside());
    boolean allKinds =
        tally.taken() > 0 && tally.refused() > 0 && tally.damaged() > 0 && tally.beside() > 0;
    return new Figure(tally.wrong() + "/" + size, "wrong-answers", tally.wrong() == 0 && allKinds);
  }

  private static MalformedWorld.Tally send(long seed, long size) {
    var worlds = new AtomicLong();
    Callable<MalformedWorld.Tally> worker =
        () -> {
          var contract = new Contract();
          var tally = MalformedWorld.Tally.NONE;
          for (long i = worlds.getAndIncrement();
              i * REQUESTS_OF_A_WORLD < size;
              i = worlds.getAndIncrement()) {
            long left = size - i * REQUESTS_OF_A_WORLD;
            try (var world = new MalformedWorld(contract, seed + i)) {
              tally = tally.plus(world.send(Math.min(left, REQUESTS_OF_A_WORLD)));
            }
          }
          return tally;
        };
    int workers = Runtime.getRuntime().availableProcessors();
    try (var pool = Executors.newFixedThreadPool(workers)) {
      var all = new ArrayList<Callable<MalformedWorld.Tally>>();
      for (int i = 0; i < workers; i++) {
        all.add(worker);
      }
      var sum = MalformedWorld.Tally.NONE;
      for (var part : pool.invokeAll(all)) {
        sum = sum.plus(part.get());
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
