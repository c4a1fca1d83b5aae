package crowd.functions.http;

import crowd.core.message.Ids;
import crowd.core.observe.Metrics;
import java.time.InstantSource;

/** What every HTTP function needs besides its use case. */
public record Edge(
    Ids ids, InstantSource clock, Log log, Metrics metrics, Invocations invocations) {}
