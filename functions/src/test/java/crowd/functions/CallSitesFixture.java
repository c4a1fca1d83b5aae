package crowd.functions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Switches over types and records of all kinds, for {@link CallSitesIT}. */
public final class CallSitesFixture {

  private sealed interface Shape {

    /** A switch in an interface. */
    default String kind() {
      return switch (this) {
        case Dot _ -> "dot";
        case Line _ -> "line";
        case Mark _ -> "mark";
      };
    }
  }

  private record Dot() implements Shape {}

  private record Line(int length, @Nullable Shape end) implements Shape {}

  /** No record. */
  private static final class Mark implements Shape {
    @Override
    public String toString() {
      return "Mark";
    }

    @Override
    public int hashCode() {
      return 7;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Mark;
    }
  }

  private record Every(
      boolean truth,
      byte small,
      short shorter,
      char letter,
      int number,
      long longer,
      float rough,
      double fine,
      @Nullable String text,
      List<String> several) {}

  private static final Every ONE =
      new Every(true, (byte) -1, (short) 2, 'c', 4, 5L, 0.0f, 0.0, "six", List.of("seven"));

  private static final List<Every> OTHERS =
      List.of(
          ONE,
          new Every(true, (byte) -1, (short) 2, 'c', 4, 5L, 0.0f, 0.0, "six", List.of("seven")),
          new Every(false, (byte) -1, (short) 2, 'c', 4, 5L, 0.0f, 0.0, "six", List.of("seven")),
          new Every(true, (byte) 1, (short) 2, 'c', 4, 5L, 0.0f, 0.0, "six", List.of("seven")),
          new Every(true, (byte) -1, (short) 3, 'c', 4, 5L, 0.0f, 0.0, "six", List.of("seven")),
          new Every(true, (byte) -1, (short) 2, 'd', 4, 5L, 0.0f, 0.0, "six", List.of("seven")),
          new Every(true, (byte) -1, (short) 2, 'c', 5, 5L, 0.0f, 0.0, "six", List.of("seven")),
          new Every(true, (byte) -1, (short) 2, 'c', 4, 6L, 0.0f, 0.0, "six", List.of("seven")),
          new Every(true, (byte) -1, (short) 2, 'c', 4, 5L, -0.0f, 0.0, "six", List.of("seven")),
          new Every(true, (byte) -1, (short) 2, 'c', 4, 5L, 0.0f, -0.0, "six", List.of("seven")),
          new Every(true, (byte) -1, (short) 2, 'c', 4, 5L, Float.NaN, 0.0, "six", List.of()),
          new Every(true, (byte) -1, (short) 2, 'c', 4, 5L, 0.0f, Double.NaN, "six", List.of()),
          new Every(true, (byte) -1, (short) 2, 'c', 4, 5L, 0.0f, 0.0, null, List.of("seven")),
          new Every(true, (byte) -1, (short) 2, 'c', 4, 5L, 0.0f, 0.0, "six", List.of("eight")));

  private CallSitesFixture() {}

  /** What comes of all of them. */
  public static List<String> outcomes() {
    var outcomes = new ArrayList<String>();
    var values =
        Arrays.asList(
            null,
            new Dot(),
            new Line(1, null),
            new Line(1, new Dot()),
            new Line(9, new Mark()),
            new Mark(),
            "text",
            "",
            7,
            7L,
            List.of(1),
            ONE);
    for (var value : values) {
      outcomes.add(value + ": " + choice(value) + ", hash " + Objects.hashCode(value));
      for (var other : values) {
        outcomes.add(value + " and " + other + ": " + Objects.equals(value, other));
      }
    }
    for (var one : OTHERS) {
      outcomes.add(one + ": hash " + one.hashCode());
      for (var other : OTHERS) {
        outcomes.add(one + " and " + other + ": " + one.equals(other));
      }
    }
    return outcomes;
  }

  private static String choice(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case Line line when line.length() > 5 -> "a long line";
      case Line(var _, Dot _) -> "a line that ends in a dot";
      case Shape shape -> shape.kind();
      case String text when text.isEmpty() -> "no text";
      case String text -> "the text " + text;
      case Integer number -> "the number " + number;
      case List<?> several -> "so many: " + several.size();
      default -> "something else";
    };
  }
}
