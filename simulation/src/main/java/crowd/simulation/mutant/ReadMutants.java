package crowd.simulation.mutant;

import java.util.List;

/** What is one event, which trait counts, and what readers are shown. */
final class ReadMutants {

  private static final String KEYS = "table/TableKeys";
  private static final String TIMELINE = "timeline/Timeline";
  private static final String SOURCE = "timeline/EventSource";
  private static final String TRAIT = "traits/Trait";
  private static final String REGISTER = "traits/Register";

  static final List<Mutant> ALL =
      List.of(
          Mutant.of("key-of-corrected-time", "Each repeat of a message has a key of its own.")
              .in(
                  KEYS,
                  "eventGroup(message.timestamp(), message.messageId())",
                  "eventGroup(message.time(), message.messageId())"),
          Mutant.of("key-without-content", "Who sends an id again overwrites what was sent first.")
              .in(
                  KEYS,
                  "eventGroup(message.timestamp(), message.messageId())"
                      + " + \"#\" + digits(message.receivedAt()) + \"#\" + message.contentHash()",
                  "eventGroup(message.timestamp(), message.messageId()) + \"#0#0\""),
          Mutant.of("key-without-hash", "Two messages with one id in one request become one.")
              .in(
                  KEYS,
                  "+ digits(message.receivedAt()) + \"#\" + message.contentHash()",
                  "+ digits(message.receivedAt()) + \"#0\""),
          Mutant.of("last-arrival-of-trait-wins", "A late delivery brings back an old value.")
              .in(TRAIT, "set.later(other.set)", "other.set"),
          Mutant.of("set-once-by-arrival", "What was to be set once is what came first.")
              .in(TRAIT, "setOnce.earlier(other.setOnce)", "setOnce"),
          Mutant.of("set-once-is-the-latest", "What was to be set once is set again.")
              .in(TRAIT, "setOnce.earlier(other.setOnce)", "setOnce.later(other.setOnce)"),
          Mutant.of("set-once-beats-set", "A value that was set later is not shown.")
              .in(
                  TRAIT,
                  "return set.rank() >= setOnce.rank() ? set : setOnce;",
                  "return set.rank() > setOnce.rank() ? set : setOnce;"),
          Mutant.of("no-tie-break", "Of two values of one moment, the one that came first wins.")
              .in(
                  REGISTER,
                  "LAST_WINS = Comparator.comparingInt(Register::rank)"
                      + " .thenComparing(Register::time) .thenComparing(Register::messageId)"
                      + " .thenComparing(register -> JsonText.write(register.value));",
                  "LAST_WINS = Comparator.comparingInt(Register::rank)"
                      + ".thenComparing(Register::time);"),
          Mutant.of("copies-shown-as-they-lie", "A copy that is still to go is shown meanwhile.")
              .in(TIMELINE, "? isOwned(byOrigin.get(event.origin()), event)", "? true"),
          Mutant.of("pending-not-united", "What was before login is missing until it is copied.")
              .in(
                  TIMELINE,
                  "!alias.copies().areAllMade()",
                  "alias.copies() == crowd.core.identity.CopyState.LAZY"),
          Mutant.of("lazy-not-united", "The history of an id with very many events is missing.")
              .in(TIMELINE, "!alias.copies().areAllMade()", "alias.copies().waits()"),
          Mutant.of("equal-groups-twice", "An event is shown where it lies and where it is copied.")
              .in(
                  TIMELINE,
                  "same != null && same.group()",
                  "same != null && group == null && same.group()"),
          Mutant.of("users-copy-not-first", "An event is shown as anonymous that had its user.")
              .in(
                  SOURCE,
                  "if (a.message().user().isPresent() != b.message().user().isPresent()) {",
                  "if (a == null) {"),
          Mutant.of("last-received-first", "A repeat is shown in the place of the first.")
              .in(
                  SOURCE,
                  "a.message().receivedAt().compareTo(b.message().receivedAt())",
                  "b.message().receivedAt().compareTo(a.message().receivedAt())"),
          Mutant.of("first-page-only", "A timeline ends where the first page does.")
              .in(SOURCE, "isAtEnd = next == null;", "isAtEnd = true;"),
          Mutant.of("seen-not-marked", "A person seems to begin with his first identify.")
              .in("project/Seen", "profile.seen(earliest).seen(latest)", "profile"));

  private ReadMutants() {}
}
