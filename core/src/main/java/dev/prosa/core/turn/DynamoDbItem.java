package dev.prosa.core.turn;

import dev.prosa.core.identity.OwnerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Keys, values and turns as the table has them.
final class DynamoDbItem {

  /// The model that was asked for; `model` is the one that answered.
  static final String ASKED_MODEL = "askedModel";

  /// The name of the system prompt that was asked for; `prompt` is the user's message.
  static final String ASKED_PROMPT = "askedPrompt";

  static final String RESERVATION = "reservation";

  static final String TURN = "TURN#";

  private static final String PROMPT_VERSION = "promptVersion";
  private static final String CONVERSATION = "CONV#";
  private static final String META = "META";

  private DynamoDbItem() {}

  static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue n(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue at(Instant value) {
    return n(value.toEpochMilli());
  }

  static AttributeValue yes() {
    return AttributeValue.fromBool(true);
  }

  static Map<String, AttributeValue> conversationKey(ConversationId id) {
    return Map.of(DynamoDbSchema.PK, conversationPk(id), DynamoDbSchema.SK, s(META));
  }

  static Map<String, AttributeValue> turnKey(JobId job) {
    return Map.of(
        DynamoDbSchema.PK, conversationPk(job.conversation()),
        DynamoDbSchema.SK, turnSk(job.turn()));
  }

  static Map<String, AttributeValue> idempotencyKey(OwnerId owner, String key) {
    return Map.of(DynamoDbSchema.PK, ownerPk(owner), DynamoDbSchema.SK, s("IDEM#" + key));
  }

  static AttributeValue ownerPk(OwnerId owner) {
    return s("USER#" + owner);
  }

  static AttributeValue conversationPk(ConversationId id) {
    return s(CONVERSATION + id);
  }

  static ConversationId conversation(Map<String, AttributeValue> key) {
    return new ConversationId(text(key, DynamoDbSchema.PK).substring(CONVERSATION.length()));
  }

  static boolean isOfConversation(Map<String, AttributeValue> key) {
    return text(key, DynamoDbSchema.PK).startsWith(CONVERSATION);
  }

  /// Whether a `META` item is what an erasure left of it.
  static boolean isTombstone(Map<String, AttributeValue> meta) {
    return meta.containsKey(DynamoDbSchema.ERASED_AT);
  }

  /// Ten digits, so that the order of the keys is the order of the turns.
  static AttributeValue turnSk(int turn) {
    return s(TURN + "%010d".formatted(turn));
  }

  static JobId job(Map<String, AttributeValue> key) {
    return new JobId(
        conversation(key), Integer.parseInt(text(key, DynamoDbSchema.SK).substring(TURN.length())));
  }

  static AttributeValue shard(JobId job) {
    return n(Math.floorMod(job.conversation().value().hashCode(), DynamoDbSchema.SHARDS));
  }

  static String text(Map<String, AttributeValue> item, String name) {
    var value = textOrNull(item, name);
    if (value == null) {
      throw new IllegalStateException("item without " + name + ": " + item.keySet());
    }
    return value;
  }

  static @Nullable String textOrNull(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null ? null : value.s();
  }

  static long number(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }

  static @Nullable Instant instantOrNull(Map<String, AttributeValue> item, String name) {
    return item.containsKey(name) ? instant(item, name) : null;
  }

  static Instant instant(Map<String, AttributeValue> item, String name) {
    return Instant.ofEpochMilli(number(item, name));
  }

  static Turn turn(Map<String, AttributeValue> item) {
    return new Turn(
        job(item),
        new OwnerId(text(item, DynamoDbSchema.OWNER)),
        text(item, "prompt"),
        new Turn.Span(instant(item, "createdAt"), instant(item, "deadline")),
        new Turn.Attempts((int) number(item, "attempt"), (int) number(item, "spent")),
        state(item),
        item.containsKey("cancelRequested"),
        textOrNull(item, "traceparent"),
        textOrNull(item, ASKED_MODEL),
        textOrNull(item, ASKED_PROMPT),
        textOrNull(item, RESERVATION));
  }

  private static TurnState state(Map<String, AttributeValue> item) {
    return switch (text(item, "state")) {
      case "ACCEPTED" -> new TurnState.Accepted(instantOrNull(item, "notBefore"));
      case "RUNNING" ->
          new TurnState.Running(new Lease(text(item, "leaseOwner"), instant(item, "leaseUntil")));
      case "COMPLETED" -> new TurnState.Completed(reply(item));
      case "FAILED" ->
          new TurnState.Failed(
              FailureCode.of(text(item, "errorCode")), textOrNull(item, "provider"));
      case "CANCELLED" -> new TurnState.Cancelled(text(item, "reply"));
      default -> throw new IllegalStateException("turn in unknown state " + item.get("state"));
    };
  }

  private static Reply reply(Map<String, AttributeValue> item) {
    return new Reply(
        text(item, "reply"),
        text(item, "finishReason"),
        text(item, "model"),
        text(item, "provider"),
        item.containsKey("promptTokens")
            ? new Usage(number(item, "promptTokens"), number(item, "completionTokens"))
            : null,
        textOrNull(item, PROMPT_VERSION));
  }

  /// The attributes that a final state adds to its turn.
  static Map<String, AttributeValue> attributes(TurnState.Final end) {
    var added = new HashMap<String, AttributeValue>();
    added.put("state", s(end.name()));
    switch (end) {
      case TurnState.Completed(Reply reply) -> {
        added.put("reply", s(reply.content()));
        added.put("finishReason", s(reply.finishReason()));
        added.put("model", s(reply.model()));
        added.put("provider", s(reply.provider()));
        if (reply.usage() != null) {
          added.put("promptTokens", n(reply.usage().promptTokens()));
          added.put("completionTokens", n(reply.usage().completionTokens()));
        }
        if (reply.promptVersion() != null) {
          added.put(PROMPT_VERSION, s(reply.promptVersion()));
        }
      }
      case TurnState.Failed(FailureCode code, String provider) -> {
        added.put("errorCode", s(code.code()));
        if (provider != null) {
          added.put("provider", s(provider));
        }
      }
      case TurnState.Cancelled(String content) -> added.put("reply", s(content));
    }
    return added;
  }
}
