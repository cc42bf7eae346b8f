package dev.prosa.local.deploy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// Notes which rights the calls of an AWS client need. Thread-safe.
final class CallRecorder implements ExecutionInterceptor {

  private final Set<Right> rights = new TreeSet<>();

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    needed(context.request()).forEach(rights::add);
  }

  /// What was needed since the last time.
  synchronized Set<Right> take() {
    var taken = new TreeSet<>(rights);
    rights.clear();
    return taken;
  }

  /// A transaction needs the rights of its parts (Amazon DynamoDB Developer Guide, "Using IAM with
  /// transactions"), many messages that of one (Amazon SQS Developer Guide, "Amazon SQS API
  /// permissions").
  private static Stream<Right> needed(SdkRequest request) {
    var operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
    return switch (request) {
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().stream().map(CallRecorder::part);
      case QueryRequest query when query.indexName() != null ->
          Stream.of(new Right("dynamodb:Query", "index/" + query.indexName()));
      case DynamoDbRequest _ -> Stream.of(new Right("dynamodb:" + operation, "table"));
      default ->
          Stream.of(new Right("sqs:" + operation.replaceFirst("Batch$", ""), queue(request)));
    };
  }

  private static String queue(SdkRequest request) {
    var name =
        request
            .getValueForField("QueueUrl", String.class)
            .or(() -> request.getValueForField("QueueName", String.class))
            .orElseThrow();
    return name.endsWith("-dlq") ? "queue-dlq" : "queue";
  }

  private static Right part(TransactWriteItem item) {
    var action =
        item.put() != null
            ? "PutItem"
            : item.update() != null
                ? "UpdateItem"
                : item.delete() != null ? "DeleteItem" : "ConditionCheckItem";
    return new Right("dynamodb:" + action, "table");
  }
}
