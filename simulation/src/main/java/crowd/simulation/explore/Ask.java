package crowd.simulation.explore;

import crowd.simulation.workload.SentMessage;
import java.util.List;

/** What a client wants, and asks for until he is told that it is done. */
sealed interface Ask {

  /** The messages in it. */
  default List<SentMessage> messages() {
    return List.of();
  }

  /** A message, on the route of its type. */
  record Send(SentMessage message) implements Ask {
    @Override
    public List<SentMessage> messages() {
      return List.of(message);
    }

    @Override
    public String toString() {
      return message.type() + " " + message.label();
    }
  }

  /** Several at once. */
  record SendBatch(List<SentMessage> messages) implements Ask {
    public SendBatch {
      messages = List.copyOf(messages);
    }

    @Override
    public String toString() {
      return "batch " + messages.stream().map(SentMessage::label).toList();
    }
  }

  record Unlink(String user, String anonymous) implements Ask {}

  record Erase(String user) implements Ask {}

  record Merge(String user, String into) implements Ask {}

  record Unmerge(String user, String from) implements Ask {}
}
