package crowd.local.template;

import java.time.Duration;

/**
 * @param function logical name of the function that runs
 * @param rate from the start of one run to the start of the next
 */
public record Schedule(String function, Duration rate) {}
