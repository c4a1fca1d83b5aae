package crowd.local.localstack;

/** LocalStack starts its DynamoDB with an agent of its own; this one does nothing. */
public final class Agent {

  private Agent() {}

  public static void premain(String arguments) {}
}
