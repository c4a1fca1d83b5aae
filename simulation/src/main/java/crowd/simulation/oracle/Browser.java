package crowd.simulation.oracle;

/** An anonymous id of a website. */
public record Browser(String website, String id) {}
