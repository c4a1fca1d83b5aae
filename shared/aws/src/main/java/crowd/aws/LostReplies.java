package crowd.aws;

import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Makes the client's own retries honest. A conditional put whose reply was lost and that is sent
 * again is refused because of itself; a throttled answer to the second sending does not say that
 * the first one changed nothing. So once a sending went without an answer, a later refusal of the
 * same call is marked.
 */
final class LostReplies implements ExecutionInterceptor {

  private static final ExecutionAttribute<Boolean> UNANSWERED =
      new ExecutionAttribute<>("crowd.Unanswered");
  private static final ExecutionAttribute<Boolean> LOST = new ExecutionAttribute<>("crowd.Lost");

  /** Stands among the suppressed of a refusal: an interceptor may not change its type. */
  private static final class Mark extends Exception {
    private static final long serialVersionUID = 1L;

    Mark() {
      super("an earlier sending of this call had no answer", null, false, false);
    }
  }

  /** Whether an earlier sending of the call may have taken effect, or may yet. */
  static boolean precede(SdkException refusal) {
    return Stream.of(refusal.getSuppressed()).anyMatch(Mark.class::isInstance);
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission call, ExecutionAttributes attributes) {
    if (is(UNANSWERED, attributes)) {
      attributes.putAttribute(LOST, true);
    }
    attributes.putAttribute(UNANSWERED, true);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission call, ExecutionAttributes attributes) {
    if (call.httpResponse().statusCode() < 500) {
      attributes.putAttribute(UNANSWERED, false);
    }
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution call, ExecutionAttributes attributes) {
    if (is(LOST, attributes)) {
      call.exception().addSuppressed(new Mark());
    }
  }

  private static boolean is(ExecutionAttribute<Boolean> name, ExecutionAttributes attributes) {
    return Optional.ofNullable(attributes.getAttribute(name)).orElse(false);
  }
}
