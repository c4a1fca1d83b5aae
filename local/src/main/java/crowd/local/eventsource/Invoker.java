package crowd.local.eventsource;

/** Calls the function. */
interface Invoker {

  /** Returns when the function has ended, or its time has. */
  Invocation invoke(String event) throws InterruptedException;
}
