package dev.prosa.core.turn;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// The names in the table, and the table itself.
final class DynamoDbSchema {

  static final String PK = "PK";
  static final String SK = "SK";
  static final String OWNER = "owner";
  static final String UPDATED_AT = "updatedAt";
  static final String SHARD = "shard";
  static final String WAKE_AT = "wakeAt";

  /// `shard` is a word of the expression language (Amazon DynamoDB Developer Guide, "Reserved
  /// words"), so expressions say `#shard`.
  static final Map<String, String> SHARD_NAME = Map.of("#shard", SHARD);

  /// `owner` likewise, wherever DynamoDB may come to reserve it.
  static final Map<String, String> OWNER_NAME = Map.of("#owner", OWNER);

  static final String BY_OWNER = "byOwner";
  static final String OPEN = "open";

  /// Open turns are spread over this many keys of the index, because one key of DynamoDB takes
  /// 1,000 writes a second (Amazon DynamoDB Developer Guide, "Partition keys").
  static final int SHARDS = 8;

  /// One more key of that index, for tombstones. Erasures are rare, and who looks for turns does
  /// not come across them.
  static final int ERASING = SHARDS;

  /// When an erasure began; only a tombstone has it.
  static final String ERASED_AT = "erasedAt";

  private DynamoDbSchema() {}

  static void createIfMissing(DynamoDbClient client, String table) {
    if (exists(client, table)) {
      return;
    }
    try {
      client.createTable(definition(table));
    } catch (ResourceInUseException createdByAnotherProcess) {
      // it is there, which is all that was wanted
    }
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    client.updateTimeToLive(r ->
        r.tableName(table)
            .timeToLiveSpecification(t -> t.attributeName("expiresAt").enabled(true)));
  }

  private static boolean exists(DynamoDbClient client, String table) {
    try {
      client.describeTable(r -> r.tableName(table));
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  private static CreateTableRequest definition(String table) {
    return CreateTableRequest.builder()
        .tableName(table)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            attribute(PK, ScalarAttributeType.S),
            attribute(SK, ScalarAttributeType.S),
            attribute(OWNER, ScalarAttributeType.S),
            attribute(UPDATED_AT, ScalarAttributeType.N),
            attribute(SHARD, ScalarAttributeType.N),
            attribute(WAKE_AT, ScalarAttributeType.N))
        .keySchema(keys(PK, SK))
        .globalSecondaryIndexes(
            index(BY_OWNER, OWNER, UPDATED_AT, ProjectionType.ALL),
            index(OPEN, SHARD, WAKE_AT, ProjectionType.KEYS_ONLY))
        .build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static List<KeySchemaElement> keys(String hash, String range) {
    return List.of(
        KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(range).keyType(KeyType.RANGE).build());
  }

  private static GlobalSecondaryIndex index(
      String name, String hash, String range, ProjectionType projection) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(keys(hash, range))
        .projection(p -> p.projectionType(projection))
        .build();
  }
}
