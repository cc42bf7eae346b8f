package dev.prosa.bench.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.bench.chaos.evidence.Signature;
import dev.prosa.core.turn.DynamoDbTable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the table has, item by item, without the code of the product that reads it otherwise.
record DynamoDbRemains(DynamoDbTable table) {

  /// How many turns somebody still has to look at.
  int open() {
    var open = new AtomicInteger();
    scan(item -> {
      if (item.containsKey("shard") || isOpen(item)) {
        open.incrementAndGet();
      }
    });
    return open.get();
  }

  private static boolean isOpen(Map<String, AttributeValue> item) {
    return text(item, "state").matches("ACCEPTED|RUNNING");
  }

  /// Puts every turn and every idempotency key into the journal.
  void note(Journal journal) {
    scan(item -> {
      if (text(item, "SK").startsWith("TURN#")) {
        journal.note(Kind.TURN, e -> turn(item, e));
      } else if (text(item, "SK").startsWith("IDEM#")) {
        journal.note(
            Kind.KEY,
            e ->
                e.put("owner", text(item, "PK").substring("USER#".length()))
                    .put("key", text(item, "SK").substring("IDEM#".length()))
                    .put("job", text(item, "jobId")));
      }
    });
  }

  private static void turn(Map<String, AttributeValue> item, ObjectNode e) {
    e.put("job", text(item, "jobId"))
        .put("owner", text(item, "owner"))
        .put("question", Signature.question(text(item, "prompt")))
        .put("state", text(item, "state"))
        .put("attempt", text(item, "attempt"))
        .put("indexed", item.containsKey("shard"))
        .put("leased", item.containsKey("leaseOwner"))
        .put("reply", text(item, "reply"));
  }

  private void scan(Consumer<Map<String, AttributeValue>> reader) {
    table
        .client()
        .scanPaginator(r -> r.tableName(table.name()).consistentRead(true))
        .items()
        .stream()
        .forEach(reader);
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    if (value == null) {
      return "";
    }
    return value.s() == null ? String.valueOf(value.n()) : value.s();
  }
}
