package crowd.local.function;

import crowd.local.template.FunctionResource;

/** A function of the template, to be called on this machine. */
public interface LocalFunction {

  FunctionResource resource();

  /**
   * Returns when the function has ended, or its time has. May be called by several at once.
   *
   * @param event JSON
   */
  Invocation invoke(String event);

  /** The same function, which at each call first does something else. */
  default LocalFunction after(Runnable first) {
    var function = this;
    return new LocalFunction() {
      @Override
      public FunctionResource resource() {
        return function.resource();
      }

      @Override
      public Invocation invoke(String event) {
        first.run();
        return function.invoke(event);
      }
    };
  }
}
