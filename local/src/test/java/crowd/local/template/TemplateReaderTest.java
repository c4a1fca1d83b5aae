package crowd.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.local.Project;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateReaderTest {

  private static final String SMALL =
      """
      Resources:
        Table:
          Type: AWS::DynamoDB::Table
          Properties:
            KeySchema:
              - {AttributeName: pk, KeyType: HASH}
              - {AttributeName: sk, KeyType: RANGE}
            GlobalSecondaryIndexes:
              - IndexName: due
                KeySchema:
                  - {AttributeName: due_in, KeyType: HASH}
                  - {AttributeName: due, KeyType: RANGE}
            TimeToLiveSpecification: {AttributeName: ttl, Enabled: true}
        Api:
          Type: AWS::Serverless::HttpApi
          Properties:
            CorsConfiguration:
              AllowOrigins: ["*"]
              AllowMethods: [GET]
              AllowHeaders: [content-type]
              ExposeHeaders: [Retry-After]
              MaxAge: 60
        GreetFunction:
          Type: AWS::Serverless::Function
          Properties:
            Handler: some.GreetHandler
            MemorySize: 512
            Timeout: 10
            Role: !GetAtt GreetRole.Arn
            Environment:
              Variables:
                TABLE_NAME: !Ref Table
                GREETING: hello
            Events:
              Greet:
                Type: HttpApi
                Properties: {ApiId: !Ref Api, Method: any, Path: "/greet/{name}"}
              Rest:
                Type: HttpApi
                Properties: {ApiId: !Ref Api}
              Stream:
                Type: Kinesis
                Properties:
                  Stream: !GetAtt Stream.Arn
                  BatchSize: 100
                  MaximumBatchingWindowInSeconds: 1
                  ParallelizationFactor: 4
                  MaximumRetryAttempts: 100
                  MaximumRecordAgeInSeconds: 3600
                  BisectBatchOnFunctionError: true
                  FunctionResponseTypes: [ReportBatchItemFailures]
              Clock:
                Type: Schedule
                Properties: {Schedule: rate(5 minutes)}
        GreetRole:
          Type: AWS::IAM::Role
          Properties:
            ManagedPolicyArns: [!Ref Tracing]
            Policies:
              - PolicyName: greet
                PolicyDocument:
                  Statement:
                    - Effect: Allow
                      Action: [dynamodb:GetItem, dynamodb:Query]
                      Resource: !GetAtt Table.Arn
                      Condition:
                        ForAllValues:StringLike: {dynamodb:LeadingKeys: ["*#s"]}
                    - Effect: Allow
                      Action: dynamodb:Query
                      Resource: !Sub ${Table.Arn}/index/due
        Tracing:
          Type: AWS::IAM::ManagedPolicy
          Properties:
            PolicyDocument:
              Statement:
                - {Effect: Allow, Action: xray:PutTraceSegments, Resource: "*"}
      """;

  @Test
  void read_small_givesEverythingThatTheLocalRunNeeds() {
    // when
    var template = TemplateReader.read(TemplateYaml.read("small.yaml", SMALL));
    // then
    assertEquals(
        new Template(
            Map.of(
                "GreetFunction",
                new FunctionResource(
                    "GreetFunction",
                    "some.GreetHandler",
                    Duration.ofSeconds(10),
                    512,
                    Map.of(
                        "TABLE_NAME", new Variable.Ref("Table"),
                        "GREETING", new Variable.Text("hello")),
                    new Role(
                        "GreetRole",
                        List.of(
                            new Allowance("dynamodb:GetItem", "TABLE_NAME", List.of("*#s")),
                            new Allowance("dynamodb:Query", "TABLE_NAME", List.of("*#s")),
                            new Allowance("dynamodb:Query", "TABLE_NAME/index/due", List.of()),
                            new Allowance("xray:PutTraceSegments", "*", List.of()))))),
            List.of(
                new Route("ANY", "/greet/{name}", "GreetFunction"),
                new Route("ANY", "$default", "GreetFunction")),
            new Cors(
                List.of("*"),
                List.of("GET"),
                List.of("content-type"),
                List.of("Retry-After"),
                Duration.ofSeconds(60)),
            new EventSourceMapping(
                "GreetFunction",
                100,
                Duration.ofSeconds(1),
                4,
                100,
                Duration.ofHours(1),
                true,
                true),
            List.of(new Schedule("GreetFunction", Duration.ofMinutes(5))),
            new TableResource(
                new TableResource.Keys("pk", "sk"),
                Map.of("due", new TableResource.Keys("due_in", "due")),
                "ttl")),
        template);
  }

  @Test
  void read_valueMissing_namesItsPlace() {
    // given
    var yaml = SMALL.replace("Timeout: 10", "Timeout: soon");
    // when
    var thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> TemplateReader.read(TemplateYaml.read("small.yaml", yaml)));
    // then
    assertEquals(
        "template: small.yaml.Resources.GreetFunction.Properties.Timeout is not a whole number",
        thrown.getMessage());
  }

  @Test
  void read_unknownEvent_isRefused() {
    // given
    var yaml = SMALL.replace("Type: Schedule", "Type: Sqs");
    // then
    assertThrows(
        IllegalArgumentException.class,
        () -> TemplateReader.read(TemplateYaml.read("small.yaml", yaml)));
  }

  @Test
  void rate_everyUnit() {
    assertEquals(Duration.ofMinutes(1), TemplateReader.rate("rate(1 minute)"));
    assertEquals(Duration.ofHours(2), TemplateReader.rate("rate(2 hours)"));
    assertEquals(Duration.ofDays(1), TemplateReader.rate("rate(1 day)"));
    assertThrows(IllegalArgumentException.class, () -> TemplateReader.rate("cron(0 * * * ? *)"));
  }

  @Test
  void function_byFeatureOrName() throws IOException {
    // given
    var template = TemplateReader.read(Project.file("template.yaml"));
    // then
    assertEquals(
        Optional.of("IdentifyFunction"), template.function("identify").map(FunctionResource::name));
    assertEquals(
        Optional.of("IdentifyFunction"),
        template.function("IdentifyFunction").map(FunctionResource::name));
    assertEquals(Optional.empty(), template.function("greet"));
  }
}
