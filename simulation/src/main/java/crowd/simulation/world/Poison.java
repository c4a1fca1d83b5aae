package crowd.simulation.world;

import crowd.simulation.schedule.Choices;
import java.nio.charset.StandardCharsets;

/** Records that can never be understood. */
final class Poison {

  private static final String CUT = "{\"messages\":[{\"anonymous_id\":\"anon_0\",\"bo";
  private static final String NEWER = "{\"messages\":[],\"v\":2,\"website\":\"shop\"}";

  private Poison() {}

  static byte[] bytes(Choices choices) {
    return switch (choices.next(3)) {
      case 0 -> new byte[] {(byte) 0xc0, (byte) 0x80, 0, 1};
      case 1 -> CUT.getBytes(StandardCharsets.UTF_8);
      default -> NEWER.getBytes(StandardCharsets.UTF_8);
    };
  }
}
