package dev.prosa.core.usage;

import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A call as the table has it. Its keys begin with a word of their own, so that whoever reads the
/// turns of a conversation does not read its calls.
final class DynamoDbCallItem {

  static final String PREFIX = "CALL#";
  static final String PROMPT_TOKENS = "promptTokens";
  static final String COMPLETION_TOKENS = "completionTokens";
  static final String ESTIMATED = "estimated";
  static final String COST_NANOS = "costNanos";

  private static final String FIRST_TOKEN = "firstTokenMillis";

  private DynamoDbCallItem() {}

  /// What the keys of all calls of a job begin with. Digits are filled up, so that the order of the
  /// keys is the order of the calls.
  static String prefix(JobId job) {
    return PREFIX + "%010d#".formatted(job.turn());
  }

  private static String sortKey(ModelCall.Id id) {
    return prefix(id.job()) + "%06d#%03d".formatted(id.attempt(), id.number());
  }

  static Map<String, AttributeValue> of(ModelCall call) {
    var item = new HashMap<String, AttributeValue>();
    item.put("PK", DynamoDbTable.partition(call.id().job().conversation()));
    item.put("SK", s(sortKey(call.id())));
    item.put("provider", s(call.provider()));
    item.put("model", s(call.model()));
    item.put("outcome", s(call.outcome().name()));
    item.put(PROMPT_TOKENS, n(call.usage().promptTokens()));
    item.put(COMPLETION_TOKENS, n(call.usage().completionTokens()));
    item.put(ESTIMATED, AttributeValue.fromBool(call.estimated()));
    item.put(COST_NANOS, n(call.costNanos()));
    item.put("begunAt", n(call.timing().begin().toEpochMilli()));
    if (call.timing().firstToken() != null) {
      item.put(FIRST_TOKEN, n(call.timing().firstToken().toMillis()));
    }
    item.put("totalMillis", n(call.timing().total().toMillis()));
    return item;
  }

  static ModelCall call(ConversationId conversation, Map<String, AttributeValue> item) {
    return new ModelCall(
        id(conversation, text(item, "SK")),
        text(item, "provider"),
        text(item, "model"),
        ModelCall.Outcome.valueOf(text(item, "outcome")),
        usage(item),
        isEstimated(item),
        costNanos(item),
        new ModelCall.Timing(
            Instant.ofEpochMilli(number(item, "begunAt")),
            firstToken(item),
            Duration.ofMillis(number(item, "totalMillis"))));
  }

  private static ModelCall.Id id(ConversationId conversation, String sortKey) {
    var parts = sortKey.split("#", -1);
    return new ModelCall.Id(
        new JobId(conversation, Integer.parseInt(parts[1])),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }

  private static @Nullable Duration firstToken(Map<String, AttributeValue> item) {
    return item.containsKey(FIRST_TOKEN) ? Duration.ofMillis(number(item, FIRST_TOKEN)) : null;
  }

  static Usage usage(Map<String, AttributeValue> item) {
    return new Usage(number(item, PROMPT_TOKENS), number(item, COMPLETION_TOKENS));
  }

  static boolean isEstimated(Map<String, AttributeValue> item) {
    return value(item, ESTIMATED).bool();
  }

  static long costNanos(Map<String, AttributeValue> item) {
    return number(item, COST_NANOS);
  }

  private static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue n(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return value(item, name).s();
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    return Long.parseLong(value(item, name).n());
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }
}
