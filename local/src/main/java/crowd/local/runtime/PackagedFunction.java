package crowd.local.runtime;

import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.template.FunctionResource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A function of the packaged jar, in processes of its own: as many as there are calls at once, up
 * to a bound, behind which calls wait. One that overstays its time is killed, and one that ends is
 * not missed: the next call starts a fresh one.
 */
public final class PackagedFunction implements LocalFunction, AutoCloseable {

  private final FunctionResource resource;
  private final ManagedRuntime runtime;
  private final Map<String, String> variables;
  private final Consumer<String> log;
  private final Semaphore free;

  // Under the lock of this.
  private final Deque<Instance> idle = new ArrayDeque<>();
  private final Set<Instance> all = new HashSet<>();
  private boolean closed;

  /**
   * @param variables all that the function finds in its environment besides what Lambda sets
   * @param most processes at once
   * @param log takes what they print, a line each
   */
  public PackagedFunction(
      FunctionResource resource,
      ManagedRuntime runtime,
      Map<String, String> variables,
      int most,
      Consumer<String> log) {
    this.resource = resource;
    this.runtime = runtime;
    this.variables = Map.copyOf(variables);
    this.free = new Semaphore(most);
    this.log = log;
  }

  @Override
  public FunctionResource resource() {
    return resource;
  }

  @Override
  public Invocation invoke(String event) {
    try {
      free.acquire();
      try {
        return invoke(instance(), event);
      } finally {
        free.release();
      }
    } catch (IOException e) {
      return new Invocation.Failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Invocation.Failed(e);
    }
  }

  /** Those that run now. */
  public synchronized Set<Long> pids() {
    var pids = new HashSet<Long>();
    all.forEach(instance -> pids.add(instance.pid()));
    return pids;
  }

  private Invocation invoke(Instance instance, String event) throws InterruptedException {
    try {
      return instance.call(event);
    } catch (InterruptedException e) {
      instance.close();
      throw e;
    } finally {
      giveBack(instance);
    }
  }

  private synchronized Instance instance() throws IOException {
    if (closed) {
      throw new IOException(resource.name() + " takes no more calls");
    }
    var waiting = Optional.ofNullable(idle.pollFirst());
    while (waiting.isPresent() && !waiting.get().isAlive()) {
      all.remove(waiting.get());
      waiting.get().close();
      waiting = Optional.ofNullable(idle.pollFirst());
    }
    if (waiting.isPresent()) {
      return waiting.get();
    }
    var started = Instance.start(runtime, resource, variables, log);
    all.add(started);
    return started;
  }

  private synchronized void giveBack(Instance instance) {
    if (instance.isAlive() && !closed) {
      idle.addFirst(instance);
    } else {
      all.remove(instance);
    }
  }

  /** Kills the processes, also those in the midst of a call. */
  @Override
  public synchronized void close() {
    closed = true;
    all.forEach(Instance::close);
    all.clear();
    idle.clear();
  }
}
