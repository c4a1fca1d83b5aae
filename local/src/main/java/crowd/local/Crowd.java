package crowd.local;

import crowd.local.command.Commands;

/** Where {@code ./crowd} hands over to Java. */
public final class Crowd {

  private Crowd() {}

  public static void main(String[] arguments) {
    System.exit(Commands.line().execute(arguments));
  }
}
