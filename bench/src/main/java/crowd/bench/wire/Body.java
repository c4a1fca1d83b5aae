package crowd.bench.wire;

/** Bytes that nobody compares and nobody changes. */
public final class Body {

  private final byte[] bytes;

  Body(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte[] bytes() {
    return bytes;
  }
}
