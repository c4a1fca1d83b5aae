package crowd.local.command;

import crowd.local.dev.LocalTable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Which table a command is about: that of a local run, or one that is deployed. */
final class TableOption {

  static final String TABLE = "--table";

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = TABLE,
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "A deployed table in place of the local run's: TableName of the stack's outputs. Region and credentials are those that the AWS command line would take.")
  private String name = "";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "Where DynamoDB answers for --table, if not where the region says; AWS_ENDPOINT_URL_DYNAMODB does the same.")
  private String endpoint = "";

  LocalTable open() throws IOException, InterruptedException {
    if (!name.isEmpty()) {
      return LocalTable.deployed(name, region(), url());
    }
    if (!endpoint.isEmpty()) {
      throw new Complaint("--endpoint is of no use without --table");
    }
    return LocalTable.of(data.path());
  }

  private Optional<URI> url() {
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    try {
      var url = new URI(endpoint);
      if (url.getScheme() != null && url.getHost() != null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // As one without a host.
    }
    throw new Complaint("--endpoint is an address, as in http://127.0.0.1:8000");
  }

  private static Region region() {
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException e) {
      throw new Complaint("no region: set AWS_REGION to that of the table");
    }
  }
}
