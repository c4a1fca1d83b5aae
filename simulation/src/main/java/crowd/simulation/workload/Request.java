package crowd.simulation.workload;

import java.util.List;

/**
 * What a client asks for. A new kind stands here, is made in {@link Workload} and executed in
 * {@code Api}; nothing else has to know it.
 */
public sealed interface Request {

  /** The messages in it; none for a request that is not about messages. */
  List<SentMessage> messages();

  /** By which the trace knows it again. */
  default String label() {
    return messages().getFirst().label();
  }

  /** A word and what it is about, for the trace. */
  default String about() {
    var text = new StringBuilder(getClass().getSimpleName());
    for (var message : messages()) {
      text.append(' ').append(message.website()).append('/').append(message.type());
      text.append(message.json());
    }
    return text.toString();
  }

  /** One message, sent to the route of its type. */
  record Single(SentMessage message) implements Request {
    @Override
    public List<SentMessage> messages() {
      return List.of(message);
    }
  }

  /** Several at once, all of one website. */
  record Batch(List<SentMessage> messages) implements Request {
    public Batch {
      messages = List.copyOf(messages);
    }
  }

  /** Takes an anonymous id back from a user; the site's own server asks for it. */
  record Unlink(String website, String user, String anonymous) implements Request {
    @Override
    public List<SentMessage> messages() {
      return List.of();
    }

    @Override
    public String label() {
      return "unlink";
    }

    @Override
    public String about() {
      return "Unlink " + website + "/" + user + "/" + anonymous;
    }
  }

  /** Erases the person of a user; the site's own server asks for it. */
  record Erase(String website, String user) implements Request {
    @Override
    public List<SentMessage> messages() {
      return List.of();
    }

    @Override
    public String label() {
      return "erase";
    }

    @Override
    public String about() {
      return "erase " + website + "/" + user;
    }
  }

  /** Makes one user another, or takes it back; the site's own server asks for it. */
  record Merge(String website, String user, String other, boolean isUndone) implements Request {
    @Override
    public List<SentMessage> messages() {
      return List.of();
    }

    @Override
    public String label() {
      return isUndone ? "unmerge" : "merge";
    }

    @Override
    public String about() {
      return label() + " " + website + "/" + user + "/" + other;
    }
  }

  /** An event taken by a function of the previous version, which still writes its own envelopes. */
  record ToOldVersion(SentMessage message) implements Request {
    @Override
    public List<SentMessage> messages() {
      return List.of(message);
    }
  }
}
