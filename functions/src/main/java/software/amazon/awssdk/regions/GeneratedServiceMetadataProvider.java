package software.amazon.awssdk.regions;

import java.util.Map;
import software.amazon.awssdk.regions.servicemetadata.DynamodbServiceMetadata;
import software.amazon.awssdk.regions.servicemetadata.KinesisServiceMetadata;

/**
 * The SDK's own makes one object of a class of its own for each of AWS's 300 services, at every
 * cold start: this one knows the two that the functions call. RATIONALE.md says why.
 */
public final class GeneratedServiceMetadataProvider implements ServiceMetadataProvider {

  private static final Map<String, ServiceMetadata> KNOWN =
      Map.of("dynamodb", new DynamodbServiceMetadata(), "kinesis", new KinesisServiceMetadata());

  /** Of others, what the SDK takes for whoever it does not know. */
  @Override
  public ServiceMetadata serviceMetadata(String endpointPrefix) {
    var known = KNOWN.get(endpointPrefix);
    return known == null ? new DefaultServiceMetadata(endpointPrefix) : known;
  }
}
