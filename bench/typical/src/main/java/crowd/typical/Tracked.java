package crowd.typical;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an event, as data binding fills it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Tracked(
    String website,
    @JsonProperty("anonymous_id") @Nullable String anonymousId,
    @Nullable String event,
    @Nullable Map<String, Object> properties,
    @Nullable String timestamp,
    @JsonProperty("message_id") @Nullable String messageId) {}
