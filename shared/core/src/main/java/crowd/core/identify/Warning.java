package crowd.core.identify;

import crowd.core.fingerprint.Match;
import crowd.core.traits.TraitWarning;
import java.util.Optional;

/**
 * Something that was taken, but perhaps not as its sender meant.
 *
 * @param code stable, snake_case
 * @param detail what happened and how to mend it; never a value that was sent or stored
 * @param field as in the API
 */
public record Warning(String code, String detail, Optional<String> field) {

  /** The website is told, and takes the message all the same. */
  public static final Warning UNVERIFIED =
      new Warning(
          "unverified",
          "user_id is not proved: it was taken, but will not be once the website enforces"
              + " verification; send user_hash with identify, and session_token or user_hash with"
              + " everything else",
          Optional.of("user_id"));

  /** The message was taken without its user. */
  public static final Warning TAKEN_AS_ANONYMOUS =
      new Warning(
          "unverified",
          "user_id is not proved: the event was taken as one of anonymous_id alone; send the"
              + " session_token that identify answered, or user_hash",
          Optional.of("user_id"));

  /** The message was kept, but not as a person's. */
  public static final Warning BOT =
      new Warning(
          "bot",
          "the user agent says that it is a bot: the message was kept as an anonymous one with"
              + " context.bot, and no profile changes by it; turn the website's bot filter off if"
              + " bots are people to it",
          Optional.empty());

  static Warning of(Match.Reason reason) {
    return new Warning(
        "fingerprint_not_linked",
        reason.word() + ": " + reason.detail(),
        Optional.of("fingerprint"));
  }

  static Warning of(TraitWarning warning) {
    var field = Optional.of("traits." + warning.trait());
    return switch (warning) {
      case TraitWarning.Older _ ->
          new Warning(
              "trait_older",
              "a later value is stored already, by event time: this one was ignored",
              field);
      case TraitWarning.Outranked _ ->
          new Warning(
              "trait_verified",
              "a verified value is stored: this one, which is not, was ignored",
              field);
      case TraitWarning.ProgramText _ ->
          new Warning(
              "trait_program_text",
              "looks like the text of a function or an object: call the function, or send the"
                  + " object as JSON",
              field);
      case TraitWarning.TypeChanged(_, var before, var after) ->
          new Warning(
              "trait_type_changed",
              "was a %s and is now a %s: the last write wins, but keep to one type"
                  .formatted(before, after),
              field);
    };
  }
}
