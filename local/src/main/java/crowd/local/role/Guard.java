package crowd.local.role;

import crowd.core.stream.Stream;
import crowd.local.template.Call;
import crowd.local.template.FunctionResource;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Between a function's code and AWS: refuses what its role does not allow, as AWS would, so that a
 * right that is missing is found on the first local run that needs it.
 */
public final class Guard implements ExecutionInterceptor {

  private static final int REFUSED = 400;

  private final FunctionResource function;
  private final BiConsumer<FunctionResource, Call> witness;

  private Guard(FunctionResource function, BiConsumer<FunctionResource, Call> witness) {
    this.function = function;
    this.witness = witness;
  }

  public static Guard of(FunctionResource function) {
    return new Guard(function, (_, _) -> {});
  }

  /**
   * @param witness told of each call, before it is allowed or refused
   */
  public static Guard of(FunctionResource function, BiConsumer<FunctionResource, Call> witness) {
    return new Guard(function, witness);
  }

  /** Has it stand before a client that is to be built. */
  public <B extends SdkClientBuilder<B, ?>> B before(B builder) {
    return builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder().addExecutionInterceptor(this).build());
  }

  @Override
  public void beforeExecution(Context.BeforeExecution execution, ExecutionAttributes attributes) {
    Requests.calls(execution.request()).forEach(this::check);
  }

  /** The stream as this function may use it, whatever it is locally. */
  public Stream guarding(Stream stream) {
    return envelope -> {
      check(new Call("kinesis:PutRecord", Requests.STREAM, List.of()));
      return stream.append(envelope);
    };
  }

  private void check(Call call) {
    witness.accept(function, call);
    if (!function.role().allows(call)) {
      var message = function.role().name() + " in template.yaml does not allow " + call;
      throw DynamoDbException.builder()
          .message(message)
          .statusCode(REFUSED)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("AccessDeniedException")
                  .errorMessage(message)
                  .build())
          .build();
    }
  }
}
