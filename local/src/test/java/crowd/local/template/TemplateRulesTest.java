package crowd.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateRulesTest {

  /**
   * A mistake in template.yaml.
   *
   * @param from stands there
   * @param to stands there instead, the first time
   * @param found what has to be said of it, and nothing else
   */
  record Planted(String name, String from, String to, List<String> found) {

    Planted(String name, String from, String to, String... found) {
      this(name, from, to, List.of(found));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String at(String resource, String rest) {
    return "template.yaml.Resources." + resource + ".Properties" + rest;
  }

  static Stream<Planted> mistakes() {
    var stream = ".Events.Stream.Properties";
    return Stream.of(
        new Planted(
            "a runtime that there is not",
            "Runtime: !Ref Runtime",
            "Runtime: java26",
            "template.yaml.Globals.Function.Runtime: java26 is none that AWS has"),
        new Planted(
            "a runtime among those of the parameter",
            "AllowedValues: [java25, provided.al2023]",
            "AllowedValues: [java25, java8]",
            "template.yaml.Globals.Function.Runtime: java8 is none that AWS has"),
        new Planted(
            "a processor that there is not",
            "Architectures: [!Ref Architecture]",
            "Architectures: [arm32]",
            "template.yaml.Globals.Function.Architectures[]: arm32 is none that AWS has"),
        new Planted(
            "a missing attribute",
            "Resource: !GetAtt MissedRuns.Arn",
            "Resource: !GetAtt MissedRuns.Name",
            at("MissedRunsPolicy", ".PolicyDocument.Statement[].Resource")
                + ": AWS::SQS::Queue has no attribute in MissedRuns.Name"),
        new Planted(
            "an attribute of nothing",
            "Role: !GetAtt TrackRole.Arn",
            "Role: !GetAtt TracksRole.Arn",
            at("TrackFunction", ".Role") + ": no resource TracksRole"),
        new Planted(
            "a missing attribute in a text",
            "Resource: !Sub ${FailedRecords.Arn}/aws/lambda/*",
            "Resource: !Sub ${FailedRecords.Arm}/aws/lambda/*",
            at("ConsumerRole", ".Policies[].PolicyDocument.Statement[].Resource")
                + ": AWS::S3::Bucket has no attribute in FailedRecords.Arm"),
        new Planted(
            "a reference to nothing",
            "TABLE_NAME: !Ref Table",
            "TABLE_NAME: !Ref Tabel",
            at("IdentifyFunction", ".Environment.Variables.TABLE_NAME")
                + ": nothing is called Tabel"),
        new Planted(
            "the rule of a schedule under another name",
            "!GetAtt AuditFunctionSchedule.Arn",
            "!GetAtt AuditFunctionDaily.Arn",
            at(
                    "MissedRunsPolicy",
                    ".PolicyDocument.Statement[].Condition.ArnEquals.aws:SourceArn[]")
                + ": no resource AuditFunctionDaily"),
        new Planted(
            "a condition that there is not",
            "!If [ReservesConcurrency,",
            "!If [Reserves,",
            "template.yaml.Globals.Function.ReservedConcurrentExecutions: no condition Reserves"),
        new Planted(
            "more batches of a shard than there may be",
            "ParallelizationFactor: 4",
            "ParallelizationFactor: 20",
            at("ConsumerFunction", stream + ".ParallelizationFactor: 20 is not 1 to 10")),
        new Planted(
            "a batch that is too large",
            "BatchSize: 100",
            "BatchSize: 100000",
            at("ConsumerFunction", stream + ".BatchSize: 100000 is not 1 to 10000")),
        new Planted(
            "records tried longer than the stream may hold them",
            "MaximumRecordAgeInSeconds: 518400",
            "MaximumRecordAgeInSeconds: 700000",
            at(
                "ConsumerFunction",
                stream + ".MaximumRecordAgeInSeconds: 700000 is not 60 to 604800")),
        new Planted(
            "too little memory",
            "MemorySize: 512",
            "MemorySize: 64",
            at("PagesFunction", ".MemorySize: 64 is not 128 to 10240")),
        new Planted(
            "a function that works longer than anybody waits",
            "Timeout: 10\n",
            "Timeout: 60\n",
            at("IdentifyFunction", ".Timeout: 60 is not 1 to 29")),
        new Planted(
            "a function that works longer than Lambda lets it",
            "Timeout: 600\n",
            "Timeout: 6000\n",
            at("ReconcileFunction", ".Timeout: 6000 is not 1 to 900")),
        new Planted(
            "a stream that holds records for longer than it can",
            "RetentionPeriodHours: 168",
            "RetentionPeriodHours: 10000",
            at("Stream", ".RetentionPeriodHours: 10000 is not 24 to 8760")),
        new Planted(
            "a handler that there is not",
            "crowd.functions.track.TrackHandler",
            "crowd.functions.track.TrackerHandler",
            at("TrackFunction", ".Handler: no class crowd.functions.track.TrackerHandler")),
        new Planted(
            "a class that is no handler",
            "crowd.functions.pages.PagesHandler",
            "crowd.functions.EmfMetrics",
            at("PagesFunction", ".Handler: crowd.functions.EmfMetrics is no handler"),
            at("PagesFunction", ".Handler: Lambda cannot make a crowd.functions.EmfMetrics")),
        new Planted(
            "a variable that is not declared",
            "          STREAM_NAME: !Ref Stream\n",
            "",
            at("IdentifyFunction", ".Environment.Variables: STREAM_NAME is read and not declared")),
        new Planted(
            "a variable under another name",
            "TABLE_NAME: !Ref Table\n      Events:\n        Users:",
            "TABLE: !Ref Table\n      Events:\n        Users:",
            at("UsersFunction", ".Environment.Variables: TABLE_NAME is read and not declared"),
            at("UsersFunction", ".Environment.Variables: TABLE is declared and not read")),
        new Planted(
            "a metric that AWS does not write",
            "MetricName: IteratorAge",
            "MetricName: IteratorAgeMillis",
            at("StreamLag", ": nobody writes AWS/Lambda IteratorAgeMillis of FunctionName ")),
        new Planted(
            "a metric under another dimension",
            "Dimensions: [{Name: EventSourceMappingUUID, Value: !Ref ConsumerFunctionStream}]",
            "Dimensions: [{Name: FunctionName, Value: !Ref ConsumerFunction}]",
            at(
                "FailedRecordsFound",
                ": nobody writes AWS/Lambda OnFailureDestinationDeliveredEventCount of FunctionName ")),
        new Planted(
            "a counter that the code does not have",
            "MetricName: QuarantinedRecords",
            "MetricName: RecordsQuarantined",
            at(
                "QuarantinedRecords",
                ": nobody writes Crowd RecordsQuarantined of function consumer")),
        new Planted(
            "a counter of a function that there is not",
            "Dimensions: [{Name: function, Value: audit}]",
            "Dimensions: [{Name: function, Value: auditor}]",
            at("UnsettledEvents", ": nobody writes Crowd UnsettledEvents of function auditor")),
        new Planted(
            "an alarm that forgets one of its metrics",
            "Expression: m0 + m1 + m2\n",
            "Expression: m0 + m1\n",
            at("BackgroundThrottles", ": has the metrics [m0, m1, m2] and computes with [m0, m1]")),
        new Planted(
            "a counter on the dashboard that the code does not have",
            "\"OldestWaitingSeconds\", \"function\", \"reconcile\"",
            "\"OldestWaiting\", \"function\", \"reconcile\"",
            at(
                "Dashboard",
                ".DashboardBody: nobody writes Crowd OldestWaiting of function reconcile")),
        new Planted(
            "a dashboard that cannot be read",
            "{\"widgets\": [",
            "{\"widgets\": ",
            at("Dashboard", ".DashboardBody: is no JSON")),
        new Planted(
            "a dashboard of a table that there is not",
            "\"TableName\", \"${Table}\"",
            "\"TableName\", \"${Tables}\"",
            at("Dashboard", ".DashboardBody: nothing is called Tables")),
        new Planted(
            "an event that SAM does not know",
            "Type: HttpApi",
            "Type: HttpApy",
            at("IdentifyFunction", ".Events.Identify: unknown event HttpApy")),
        new Planted(
            "a log that is kept for ever",
            "      RetentionInDays: !Ref LogRetentionDays\n",
            "",
            at("ApiLog", ".RetentionInDays: missing")),
        new Planted(
            "a role without an action",
            "                  - dynamodb:DeleteItem\n",
            "",
            "IdentifyRole does not allow dynamodb:DeleteItem on TABLE_NAME of W#d#X"),
        new Planted(
            "a role with an action that nobody needs",
            "- dynamodb:BatchGetItem",
            "- dynamodb:BatchGetItem\n                  - dynamodb:Scan",
            "IdentifyRole allows dynamodb:Scan on TABLE_NAME, and nobody asks for it"),
        new Planted(
            "a role with every action",
            "- dynamodb:BatchGetItem",
            "- dynamodb:*",
            "IdentifyRole allows dynamodb:* on TABLE_NAME, and nobody asks for it"),
        new Planted(
            "a role for every table",
            "of websites.\n              - Effect: Allow\n                Action: dynamodb:Query\n"
                + "                Resource: !GetAtt Table.Arn",
            "of websites.\n              - Effect: Allow\n                Action: dynamodb:Query\n"
                + "                Resource: \"*\"",
            "TrackRole allows dynamodb:Query on * of *#s, and nobody asks for *#s"),
        new Planted(
            "a role for another table",
            "of websites.\n              - Effect: Allow\n                Action: dynamodb:Query\n"
                + "                Resource: !GetAtt Table.Arn",
            "of websites.\n              - Effect: Allow\n                Action: dynamodb:Query\n"
                + "                Resource: !GetAtt Stream.Arn",
            "TrackRole does not allow dynamodb:Query on TABLE_NAME of W#s",
            "TrackRole does not allow dynamodb:Query on TABLE_NAME of _#s",
            "TrackRole allows dynamodb:Query on STREAM_NAME of *#s, and nobody asks for *#s"),
        new Planted(
            "a role for another index",
            "Resource: !Sub ${Table.Arn}/index/due",
            "Resource: !Sub ${Table.Arn}/index/seen",
            "ReconcileRole does not allow dynamodb:Query on TABLE_NAME/index/due of P#X",
            "ReconcileRole allows dynamodb:Query on TABLE_NAME/index/seen, and nobody asks for it"),
        new Planted(
            "a role for another stream",
            "Action: [kinesis:ListShards, kinesis:PutRecord]\n"
                + "                Resource: !GetAtt Stream.Arn",
            "Action: [kinesis:ListShards, kinesis:PutRecord]\n"
                + "                Resource: !GetAtt MissedRuns.Arn",
            "IdentifyRole does not allow kinesis:ListShards on STREAM_NAME",
            "IdentifyRole does not allow kinesis:PutRecord on STREAM_NAME",
            "IdentifyRole allows kinesis:ListShards on MissedRuns, and nobody asks for it",
            "IdentifyRole allows kinesis:PutRecord on MissedRuns, and nobody asks for it"),
        new Planted(
            "a role for another queue",
            "Action: sqs:SendMessage\n                Resource: !GetAtt MissedRuns.Arn\n\n",
            "Action: sqs:SendMessage\n                Resource: !GetAtt FailedRecords.Arn\n\n",
            "ReconcileRole does not allow sqs:SendMessage on MissedRuns",
            "ReconcileRole allows sqs:SendMessage on FailedRecords, and nobody asks for it"),
        new Planted(
            "a role for another place in the bucket",
            "Resource: !Sub ${FailedRecords.Arn}/aws/lambda/*",
            "Resource: !Sub ${FailedRecords.Arn}/records/*",
            "ConsumerRole does not allow s3:PutObject on FailedRecords/aws/lambda/*",
            "ConsumerRole allows s3:PutObject on FailedRecords/records/*, and nobody asks for it"),
        new Planted(
            "a role without the keys of a kind of row",
            "\"*#a#*\", \"*#u#*\"]",
            "\"*#a#*\"]",
            "BatchRole does not allow dynamodb:Query on TABLE_NAME of W#u#X"),
        new Planted(
            "a role with the keys of a kind of row that nobody needs",
            "[\"*#s\"]}\n              - Effect: Allow\n                Action: [kinesis",
            "[\"*#s\", \"*#g#*\"]}\n              - Effect: Allow\n                Action: [kinesis",
            "TrackRole allows dynamodb:Query on TABLE_NAME of *#s, *#g#*, and nobody asks for *#g#*"),
        new Planted(
            "a role with keys that are like those of another kind of row",
            "[\"*#s\"]}\n              - Effect: Allow\n                Action: [kinesis",
            "[\"*#s\", _#*]}\n              - Effect: Allow\n                Action: [kinesis",
            "TrackRole allows dynamodb:Query on TABLE_NAME of *#s, _#*, and nobody asks for _#audit",
            "TrackRole allows dynamodb:Query on TABLE_NAME of *#s, _#*, and nobody asks for _#q#X"),
        new Planted(
            "a role under a condition that the rules do not know",
            "ForAllValues:StringLike: {dynamodb:LeadingKeys: [\"*#s\"]}\n              - Effect: Allow\n"
                + "                Action: [kinesis",
            "ForAnyValue:StringLike: {dynamodb:LeadingKeys: [\"*#s\"]}\n              - Effect: Allow\n"
                + "                Action: [kinesis",
            at("TrackRole", ".Policies[].PolicyDocument.Statement[].Condition: not understood")),
        new Planted(
            "rights beside the role",
            "      Role: !GetAtt PagesRole.Arn\n",
            "      Role: !GetAtt PagesRole.Arn\n      Policies: [AmazonDynamoDBFullAccess]\n",
            at("PagesFunction", ".Policies: not understood")),
        new Planted(
            "a period that no alarm has",
            "Period: 300",
            "Period: 90",
            at("IdentifyErrors", ".Period: 90 is not whole minutes")));
  }

  @Test
  void template_breaksNoRule() throws IOException {
    assertEquals(List.of(), TemplateRules.broken(Project.file("template.yaml")));
  }

  @Test
  void mistakes_areListed() throws IOException {
    // given
    var row = Pattern.compile("\\| (.+) \\| rules \\|");
    // then
    assertEquals(
        mistakes().map(Planted::name).toList(),
        Files.readAllLines(Project.file("docs/template-mistakes.md")).stream()
            .map(row::matcher)
            .filter(Matcher::matches)
            .map(found -> found.group(1))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isFoundAndNothingElse(Planted planted) throws IOException {
    // given
    var yaml = Files.readString(Project.file("template.yaml"));
    int at = yaml.indexOf(planted.from);
    assertTrue(at >= 0, "is no longer in the template: " + planted.from);
    var mistaken = yaml.substring(0, at) + planted.to + yaml.substring(at + planted.from.length());
    // when
    var found = TemplateRules.broken(TemplateYaml.read("template.yaml", mistaken));
    // then
    assertEquals(planted.found, found);
  }
}
