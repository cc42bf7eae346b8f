package dev.prosa.local.embedded;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// A table `prosa` of items that are nothing but a key; made when it is not there.
final class Tables implements AutoCloseable {

  private static final String NAME = "prosa";

  private final DynamoDbClient dynamoDb;

  private Tables(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
    if (!dynamoDb.listTables().tableNames().contains(NAME)) {
      create();
    }
  }

  static Tables open(URI endpoint) {
    return new Tables(Clients.dynamoDb(endpoint));
  }

  private void create() {
    var key =
        AttributeDefinition.builder()
            .attributeName("PK")
            .attributeType(ScalarAttributeType.S)
            .build();
    var schema = KeySchemaElement.builder().attributeName("PK").keyType(KeyType.HASH).build();
    dynamoDb.createTable(t ->
        t.tableName(NAME)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(key)
            .keySchema(schema));
  }

  void put(String key) {
    dynamoDb.putItem(p -> p.tableName(NAME).item(item(key)));
  }

  boolean contains(String key) {
    return dynamoDb.getItem(g -> g.tableName(NAME).key(item(key)).consistentRead(true)).hasItem();
  }

  private static Map<String, AttributeValue> item(String key) {
    return Map.of("PK", AttributeValue.fromS(key));
  }

  @Override
  public void close() {
    dynamoDb.close();
  }
}
