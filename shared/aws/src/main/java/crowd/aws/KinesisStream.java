package crowd.aws;

import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

/** The stream in Kinesis: one record an envelope. */
public final class KinesisStream implements Stream {

  /**
   * Bytes of the longest key that is taken as it is; {@link Stream#MAX_BYTES} leaves room for it.
   */
  private static final int MAX_KEY_BYTES = 256;

  private final KinesisClient kinesis;
  private final String streamName;

  /**
   * @param kinesis with the tries of its own that a request has time for
   */
  public KinesisStream(KinesisClient kinesis, String streamName) {
    this.kinesis = kinesis;
    this.streamName = streamName;
  }

  @Override
  public AppendOutcome append(Envelope envelope) {
    var record = SdkBytes.fromByteArrayUnsafe(EnvelopeJson.writeRecord(envelope));
    try {
      kinesis.putRecord(put ->
          put.streamName(streamName).partitionKey(partitionKey(envelope.spread())).data(record));
      return AppendOutcome.APPENDED;
    } catch (ProvisionedThroughputExceededException
        | LimitExceededException
        | KmsThrottlingException e) {
      return AppendOutcome.THROTTLED;
    } catch (AwsServiceException e) {
      return e.isThrottlingException() ? AppendOutcome.THROTTLED : AppendOutcome.UNKNOWN;
    } catch (SdkException e) {
      return AppendOutcome.UNKNOWN;
    }
  }

  /** Kinesis hashes the key anyway: one that is too long for it may as well be hashed before. */
  private static String partitionKey(String spread) {
    var utf8 = spread.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 0 && utf8.length <= MAX_KEY_BYTES) {
      return spread;
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
