package crowd.local.localstack;

import crowd.local.dynamo.DynamoDbLocal;
import java.util.List;

/** DynamoDB Local as LocalStack starts it, on loopback only. */
public final class Engine {

  private Engine() {}

  public static void main(String[] arguments) throws InterruptedException {
    var words = List.of(arguments);
    var _ = DynamoDbLocal.inMemory(Integer.parseInt(words.get(words.indexOf("-port") + 1)));
    Thread.currentThread().join();
  }
}
