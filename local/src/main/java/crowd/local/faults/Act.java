package crowd.local.faults;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of a history.
 *
 * @param clients what each sends in order, all at the same time
 * @param alone sent when all of that is acknowledged
 * @param isConsumedFirst whether the stream is read to its end before that
 */
record Act(List<List<Request>> clients, Optional<Request> alone, boolean isConsumedFirst) {

  Stream<Request> requests() {
    return Stream.concat(clients.stream().flatMap(List::stream), alone.stream());
  }

  Stream<Sent> sent() {
    return requests()
        .flatMap(request ->
            request instanceof Request.Messages(var messages) ? messages.stream() : Stream.empty());
  }
}
