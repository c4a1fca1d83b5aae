package crowd.local.check;

import crowd.local.faults.FaultyStore;
import crowd.local.faults.StoreFault;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;

/**
 * Histories through the real functions and the SDK's own client on DynamoDB Local, with faults
 * below that client. Size: histories.
 */
final class SdkFaults implements ReplayableCheck {

  /** From so many histories on, every kind of fault has to be met. */
  private static final long ALL_FAULTS_FROM = 40;

  @Override
  public String name() {
    return "sdkfaults";
  }

  @Override
  public String about() {
    return "random histories on DynamoDB Local with faults below the SDK: what is not as it must be";
  }

  @Override
  public long ciSize() {
    return 60;
  }

  @Override
  public Figure replay(long seed) {
    return run(seed, 1);
  }

  @Override
  public Figure run(long first, long size) {
    long began = System.nanoTime();
    var result = histories(first, size);
    System.err.printf(
        "sdkfaults: seeds %d to %d, %.1f s, %d requests were sent again%n",
        first, first + size - 1, (System.nanoTime() - began) / 1e9, result.repeats());
    result.faults().forEach((fault, times) -> System.err.printf("%9d  %s%n", times, fault));
    result.violations().forEach(violation -> System.err.println("sdkfaults: " + violation));
    var missed = EnumSet.allOf(StoreFault.class);
    missed.removeAll(result.faults().keySet());
    boolean allMet = size < ALL_FAULTS_FROM || missed.isEmpty();
    if (!allMet) {
      System.err.println("sdkfaults: never met: " + missed);
    }
    return new Figure(
        result.violations().size() + "/" + size,
        "violations",
        result.violations().isEmpty() && allMet);
  }

  private static FaultyStore.Result histories(long first, long size) {
    try {
      return FaultyStore.run(
          TemplateReader.read(Path.of(System.getProperty("crowd.root", "."), "template.yaml")),
          first,
          size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
