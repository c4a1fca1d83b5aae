package crowd.core.message;

/**
 * What is wrong with one field of a message.
 *
 * @param field its name as in the API, with its place in a batch: {@code batch[3].user_id}
 * @param code stable, snake_case
 * @param detail what is wrong and how to mend it; never the value that was sent
 */
public record FieldProblem(String field, String code, String detail) {

  public FieldProblem in(String place) {
    return new FieldProblem(place + "." + field, code, detail);
  }
}
