package crowd.local.check;

import java.util.List;

/** The checks of {@code crowd check}, in the order in which they are listed. */
public final class Checks {

  public static final List<Check> ALL = List.of(new Kill9(), new Malformed(), new Sim());

  private Checks() {}
}
