package crowd.local.check;

import java.util.List;

/**
 * A mistake that is put into a copy of template.yaml, for a reader to find.
 *
 * @param from stands in the template
 * @param to stands in the copy instead, the first time
 * @param said what the reader says of it
 */
record PlantedMistake(String name, String from, String to, String said) {

  /** Of SAM's plain validation, which knows functions and their events. */
  static final List<PlantedMistake> FOR_SAM =
      List.of(
          new PlantedMistake(
              "a property of an event that is misspelt",
              "BatchSize: 100",
              "BatchSiz: 100",
              "property BatchSiz not defined for resource of type Kinesis"),
          new PlantedMistake(
              "an event of a type that there is not",
              "Type: HttpApi",
              "Type: HttpApy",
              "Event Type is: HttpApy"),
          new PlantedMistake(
              "a function without a handler",
              "      Handler: crowd.functions.track.TrackHandler\n",
              "",
              "'TrackFunction', 'Runtime and Handler needs to be present"),
          new PlantedMistake(
              "a schedule without a time",
              "            Schedule: rate(1 day)\n",
              "",
              "'AuditFunctionSchedule', \"Missing required property 'Schedule'.\""));

  /** Of cfn-lint, which has a schema of each resource. */
  static final List<PlantedMistake> FOR_LINT =
      List.of(
          new PlantedMistake(
              "a property of a resource that is misspelt",
              "      BillingMode: PAY_PER_REQUEST",
              "      BillingMod: PAY_PER_REQUEST",
              "'BillingMod' was unexpected"),
          new PlantedMistake(
              "a text where a number belongs",
              "      MessageRetentionPeriod: 1209600",
              "      MessageRetentionPeriod: long",
              "'long' is not of type 'integer'"),
          new PlantedMistake(
              "a number that is too large",
              "      RetentionPeriodHours: 168",
              "      RetentionPeriodHours: 9000",
              "9000 is greater than the maximum of 8760"),
          new PlantedMistake(
              "a comparison that alarms do not know",
              "      ComparisonOperator: GreaterThanThreshold",
              "      ComparisonOperator: MoreThanThreshold",
              "'MoreThanThreshold' is not one of"),
          new PlantedMistake(
              "a statement without an action",
              "            Action: sts:AssumeRole",
              "            Acton: sts:AssumeRole",
              "Only one of ['Action', 'NotAction'] is a required property"),
          new PlantedMistake(
              "what is to happen to a resource in a word that there is not",
              "    DeletionPolicy: Retain",
              "    DeletionPolicy: Keep",
              "'Keep' is not one of"),
          new PlantedMistake(
              "an attribute that a queue does not have",
              "Resource: !GetAtt MissedRuns.Arn",
              "Resource: !GetAtt MissedRuns.Name",
              "'Name' is not one of"),
          new PlantedMistake(
              "the role of another function, misspelt",
              "Role: !GetAtt TrackRole.Arn",
              "Role: !GetAtt TracksRole.Arn",
              "'TracksRole' is not one of"));

  /** Of checkov, which knows what is safe. */
  static final List<PlantedMistake> FOR_CHECKOV =
      List.of(
          new PlantedMistake(
              "a table without recovery",
              "        PointInTimeRecoveryEnabled: true",
              "        PointInTimeRecoveryEnabled: false",
              "CKV_AWS_28:"),
          new PlantedMistake(
              "a stream that is not encrypted",
              "      StreamEncryption: {EncryptionType: KMS, KeyId: alias/aws/kinesis}\n",
              "",
              "CKV_AWS_43:"),
          new PlantedMistake(
              "a bucket that may be public", "        BlockPublicAcls: true\n", "", "CKV_AWS_53:"),
          new PlantedMistake(
              "a log without an end",
              "      RetentionInDays: !Ref LogRetentionDays\n",
              "",
              "CKV_AWS_66:"),
          new PlantedMistake(
              "a role that may do anything",
              "                  - dynamodb:BatchGetItem\n",
              "                  - \"*\"\n",
              "CKV_AWS_107:"));

  /** The template with all of them. */
  static String plant(List<PlantedMistake> mistakes, String template) {
    var mistaken = template;
    for (var mistake : mistakes) {
      int at = mistaken.indexOf(mistake.from);
      if (at < 0) {
        throw new IllegalStateException("is no longer in the template: " + mistake.from);
      }
      mistaken =
          mistaken.substring(0, at) + mistake.to + mistaken.substring(at + mistake.from.length());
    }
    return mistaken;
  }
}
