package crowd.aws;

import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition as DynamoDB checks it.
 *
 * @param text null where there is no condition; DynamoDB then allows no names and values either
 */
record ConditionExpression(
    @Nullable String text,
    @Nullable Map<String, String> names,
    @Nullable Map<String, AttributeValue> values) {

  static ConditionExpression of(Condition condition) {
    return switch (condition) {
      case Condition.Always() -> new ConditionExpression(null, null, null);
      case Condition.Absent() ->
          new ConditionExpression("attribute_not_exists(#pk)", Map.of("#pk", Attributes.PK), null);
      case Condition.RevisionIs(var revision) ->
          new ConditionExpression(
              "#rev = :rev",
              Map.of("#rev", Attributes.REVISION),
              Map.of(":rev", ItemCodec.number(revision)));
      case Condition.AbsentOrOlder(var epoch) ->
          new ConditionExpression(
              "attribute_not_exists(#pk) OR #epoch < :epoch",
              Map.of("#pk", Attributes.PK, "#epoch", Attributes.EPOCH),
              Map.of(":epoch", ItemCodec.number(epoch)));
      case Condition.CopyUpTo(var origin, var epoch) ->
          new ConditionExpression(
              "#origin = :origin AND #epoch <= :epoch",
              Map.of("#origin", Attributes.ORIGIN, "#epoch", Attributes.EPOCH),
              Map.of(":origin", AttributeValue.fromS(origin), ":epoch", ItemCodec.number(epoch)));
    };
  }
}
