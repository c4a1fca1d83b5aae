package crowd.simulation.mutant;

import java.util.ArrayList;
import java.util.List;

/**
 * The product with something missing or wrong.
 *
 * @param harm what breaks without what was taken away
 */
public record Mutant(String name, String harm, List<Patch> patches) {

  public Mutant {
    patches = List.copyOf(patches);
  }

  static Mutant of(String name, String harm) {
    return new Mutant(name, harm, List.of());
  }

  /** With one more change. */
  Mutant in(String file, String text, String replacement) {
    return with(List.of(new Patch(file, text, replacement)));
  }

  /** What both of them lack. */
  Mutant and(Mutant other) {
    return new Mutant(name + " + " + other.name, harm, List.of()).with(patches).with(other.patches);
  }

  private Mutant with(List<Patch> more) {
    var all = new ArrayList<>(patches);
    all.addAll(more);
    return new Mutant(name, harm, all);
  }
}
