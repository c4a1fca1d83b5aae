package crowd.local.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.local.template.FunctionResource;
import crowd.local.template.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InProcessFunctionTest {

  private static LocalFunction function(Duration timeout, RequestStreamHandler handler) {
    return new InProcessFunction(
        new FunctionResource(
            "EchoFunction", "some.EchoHandler", timeout, 512, Map.of(), new Role("R", List.of())),
        handler);
  }

  @Test
  void invoke_answer_isPassedOn() {
    // given
    var echo = function(Duration.ofSeconds(10), (in, out, _) -> in.transferTo(out));
    // then
    assertEquals(new Invocation.Answered("{\"a\":\"ü\"}"), echo.invoke("{\"a\":\"ü\"}"));
  }

  @Test
  void invoke_thrown_isReported() {
    // given
    var cause = new IllegalStateException("broken");
    var broken =
        function(
            Duration.ofSeconds(10),
            (_, _, _) -> {
              throw cause;
            });
    // then
    assertEquals(new Invocation.Failed(cause), broken.invoke("{}"));
  }

  @Test
  void invoke_tooSlow_isInterruptedAndReported() throws InterruptedException {
    // given
    var interrupted = new CountDownLatch(1);
    var slow =
        function(
            Duration.ofMillis(50),
            (_, _, _) -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    // when
    var ending = slow.invoke("{}");
    // then
    assertEquals(new Invocation.TimedOut(), ending);
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
  }

  @Test
  void context_tellsTheTemplatesLimits() {
    // given
    var told =
        function(
            Duration.ofSeconds(10),
            (_, out, context) ->
                out.write(
                    (context.getFunctionName()
                            + " "
                            + context.getMemoryLimitInMB()
                            + " "
                            + (context.getRemainingTimeInMillis() > 5_000))
                        .getBytes(StandardCharsets.UTF_8)));
    // then
    assertEquals(new Invocation.Answered("EchoFunction 512 true"), told.invoke("{}"));
    assertInstanceOf(Invocation.Answered.class, told.invoke("{}"));
  }
}
