package crowd.core.identify;

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

  static Warning of(TraitWarning warning) {
    var field = Optional.of("traits." + warning.trait());
    return switch (warning) {
      case TraitWarning.Older _ ->
          new Warning(
              "trait_older",
              "a later value is stored already, by event time: this one was ignored",
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
