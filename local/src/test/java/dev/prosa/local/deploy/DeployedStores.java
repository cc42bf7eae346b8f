package dev.prosa.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Makes the table and the queues of a template, as CloudFormation would.
///
/// @param template says what they are like
record DeployedStores(Template template) {

  String table() {
    return template.properties("TurnsTable").path("TableName").asText();
  }

  String queue() {
    return template.properties("JobsQueue").path("QueueName").asText();
  }

  void createTable(DynamoDbClient client) {
    var table = template.properties("TurnsTable");
    client.createTable(r ->
        r.tableName(table())
            .billingMode(table.path("BillingMode").asText())
            .attributeDefinitions(
                each(table.path("AttributeDefinitions")).map(DeployedStores::attribute).toList())
            .keySchema(keys(table))
            .globalSecondaryIndexes(
                each(table.path("GlobalSecondaryIndexes")).map(DeployedStores::index).toList()));
    client.waiter().waitUntilTableExists(r -> r.tableName(table()));
    var expiry = table.path("TimeToLiveSpecification");
    client.updateTimeToLive(r ->
        r.tableName(table())
            .timeToLiveSpecification(t ->
                t.attributeName(expiry.path("AttributeName").asText())
                    .enabled(expiry.path("Enabled").asBoolean())));
  }

  private static AttributeDefinition attribute(JsonNode given) {
    return AttributeDefinition.builder()
        .attributeName(given.path("AttributeName").asText())
        .attributeType(given.path("AttributeType").asText())
        .build();
  }

  private static List<KeySchemaElement> keys(JsonNode given) {
    return each(given.path("KeySchema"))
        .map(key ->
            KeySchemaElement.builder()
                .attributeName(key.path("AttributeName").asText())
                .keyType(key.path("KeyType").asText())
                .build())
        .toList();
  }

  private static GlobalSecondaryIndex index(JsonNode given) {
    return GlobalSecondaryIndex.builder()
        .indexName(given.path("IndexName").asText())
        .keySchema(keys(given))
        .projection(p -> p.projectionType(given.at("/Projection/ProjectionType").asText()))
        .build();
  }

  /// The dead-letter queue first: the other one names it.
  void createQueues(SqsClient client) {
    var deadLetters = template.properties("DeadLetterQueue");
    var url =
        client.createQueue(r -> r.queueName(deadLetters.path("QueueName").asText())).queueUrl();
    var arn =
        client
            .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    var jobs = template.properties("JobsQueue");
    client.createQueue(r ->
        r.queueName(queue())
            .attributes(
                Map.of(
                    QueueAttributeName.VISIBILITY_TIMEOUT,
                    jobs.path("VisibilityTimeout").asText(),
                    QueueAttributeName.REDRIVE_POLICY,
                    "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%s\"}"
                        .formatted(arn, jobs.at("/RedrivePolicy/maxReceiveCount").asText()))));
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
