package crowd.simulation.oracle;

/** An anonymous id of a website. */
public record Browser(String website, String id) {

  /** Whether the id can be no user's. */
  public boolean isMinted() {
    return id.startsWith("anon_");
  }
}
