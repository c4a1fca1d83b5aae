package crowd.core.stream.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
import crowd.core.stream.StreamContract;
import crowd.core.stream.memory.InMemoryStream.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryStreamTest extends StreamContract {

  private InMemoryStream stream = new InMemoryStream();

  @Override
  protected Stream newStream() {
    stream = new InMemoryStream();
    return stream;
  }

  @Override
  protected List<Envelope> read(int atLeast) {
    return stream.records();
  }

  @Test
  void append_whenToldToFail_endsAsToldAndThenSucceeds() {
    // given
    stream.fail(Fault.THROTTLED, Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER);
    var envelopes =
        List.of("m-1", "m-2", "m-3", "m-4").stream()
            .map(id -> new Envelope(DEMO, List.of(track(id, "Seen"))))
            .toList();

    // when
    var outcomes = envelopes.stream().map(stream::append).toList();

    // then
    assertEquals(
        List.of(
            AppendOutcome.THROTTLED,
            AppendOutcome.UNKNOWN,
            AppendOutcome.UNKNOWN,
            AppendOutcome.APPENDED),
        outcomes);
    assertEquals(envelopes.subList(2, 4), stream.records());
  }

  @Test
  void drain_takesEverythingOff() {
    // given
    var envelope = new Envelope(DEMO, List.of(track("m-1", "Seen")));
    stream.append(envelope);

    // when
    var drained = stream.drain();

    // then
    assertEquals(List.of(envelope), drained);
    assertEquals(List.of(), stream.records());
  }
}
