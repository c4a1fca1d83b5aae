package crowd.simulation.oracle;

/** A user of a website. */
public record Person(String website, String user) {

  /** The partition that holds what is his. */
  String partition() {
    return RawTable.partition(website, user);
  }
}
