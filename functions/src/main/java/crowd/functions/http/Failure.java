package crowd.functions.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A defect, as it may be logged: where it happened, never the message, which may quote anybody. */
public final class Failure {

  private static final String OURS = "crowd.";
  private static final int MAX_FRAMES = 20;
  private static final int MAX_CAUSES = 5;

  private Failure() {}

  /** The fields {@code exception} and {@code at}. */
  public static Map<String, Object> fields(Throwable thrown) {
    var classes = new ArrayList<String>();
    var frames = new ArrayList<String>();
    @Nullable Throwable next = thrown;
    for (int i = 0; next != null && i < MAX_CAUSES; i++) {
      classes.add(next.getClass().getName());
      frames.addAll(ours(next));
      next = next.getCause();
    }
    return Map.of(
        "exception",
        String.join(" < ", classes),
        "at",
        frames.stream().distinct().limit(MAX_FRAMES).toList());
  }

  private static List<String> ours(Throwable thrown) {
    var frames = new ArrayList<String>();
    for (var frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        frames.add(
            frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
      }
    }
    return frames;
  }
}
