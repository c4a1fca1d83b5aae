package crowd.core.identify;

import crowd.core.message.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an identify ended. */
public sealed interface IdentifyOutcome {

  /**
   * It is decided, and on the stream.
   *
   * @param message as it was taken: with the browser that was found by fingerprint, if one was
   */
  record Decided(Ending ending, List<Warning> warnings, Message message)
      implements IdentifyOutcome {
    public Decided {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The website wants the user proved, and he is not: nothing was linked, no trait was written.
   *
   * @param kept the anonymous message that is kept in its place
   */
  record Unverified(Optional<Message> kept) implements IdentifyOutcome {}

  /**
   * A bot sent it: nothing was linked, no trait was written.
   *
   * @param kept the anonymous message that is kept in its place
   */
  record OfBot(Message kept) implements IdentifyOutcome {

    /** What the bot is told: nothing has changed, and why. */
    public Decided toldAs(Message sent) {
      return new Decided(Ending.UNCHANGED, List.of(Warning.BOT), sent);
    }
  }

  /** The profile would hold too much; nothing is stored. */
  record TraitsTooLarge() implements IdentifyOutcome {}

  /** The table or the stream could not be reached. The same message may be sent again. */
  record Unavailable() implements IdentifyOutcome {}

  /**
   * So many others wrote to the same user or anonymous id at once that this one lost every try. The
   * same message may be sent again.
   */
  record Contended() implements IdentifyOutcome {}

  /** What it came to, in the words of the API. */
  enum Ending {
    /** A profile that nobody had seen before. */
    CREATED,
    /** The anonymous id is now the user's. */
    LINKED,
    /** Only traits changed. */
    UPDATED,
    /** Everything was so already. */
    UNCHANGED,
    /** The anonymous id is another user's: nothing of it was linked. */
    USER_SWITCH,
    /** The anonymous id stands for nobody new: nothing of it was linked. */
    RETIRED,
    /** The user has too many links: nothing was linked. */
    REFUSED_LIMIT;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
