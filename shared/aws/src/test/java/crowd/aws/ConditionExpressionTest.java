package crowd.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.store.Condition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ConditionExpressionTest {

  @Test
  void always_isNone() {
    assertEquals(
        new ConditionExpression(null, null, null), ConditionExpression.of(Condition.ALWAYS));
  }

  @Test
  void absent_needsNoValues() {
    assertEquals(
        new ConditionExpression("attribute_not_exists(#pk)", Map.of("#pk", "pk"), null),
        ConditionExpression.of(Condition.ABSENT));
  }

  @Test
  void revisionIs_needsTheItem() {
    assertEquals(
        new ConditionExpression(
            "#rev = :rev", Map.of("#rev", "rev"), Map.of(":rev", AttributeValue.fromN("7"))),
        ConditionExpression.of(new Condition.RevisionIs(7)));
  }

  @Test
  void absentOrOlder_isStrictlyOlder() {
    assertEquals(
        new ConditionExpression(
            "attribute_not_exists(#pk) OR #epoch < :epoch",
            Map.of("#pk", "pk", "#epoch", "epoch"),
            Map.of(":epoch", AttributeValue.fromN("3"))),
        ConditionExpression.of(new Condition.AbsentOrOlder(3)));
  }

  @Test
  void copyUpTo_holdsForItsOwnEpochToo() {
    assertEquals(
        new ConditionExpression(
            "#origin = :origin AND #epoch <= :epoch",
            Map.of("#origin", "origin", "#epoch", "epoch"),
            Map.of(":origin", AttributeValue.fromS("anon_1"), ":epoch", AttributeValue.fromN("3"))),
        ConditionExpression.of(new Condition.CopyUpTo("anon_1", 3)));
  }
}
