package dev.prosa.core.turn;

import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A message that asks to become a turn.
///
/// @param owner who asks
/// @param conversation where to append it; null begins a new conversation
/// @param prompt the user's message
/// @param idempotency null when the request carries no key; then a repetition is a new turn
/// @param timeToAnswer how long after its acceptance the turn may stay open
/// @param traceparent the W3C trace context of the request; null when it has none
/// @param model the model that was asked for; null leaves it to the worker
/// @param promptName the system prompt that was asked for; null leaves it to the worker
/// @param reservation what its end settles, as `core.limit` spells it; null when nothing is counted
public record NewTurn(
    OwnerId owner,
    @Nullable ConversationId conversation,
    String prompt,
    @Nullable Idempotency idempotency,
    Duration timeToAnswer,
    @Nullable String traceparent,
    @Nullable String model,
    @Nullable String promptName,
    @Nullable String reservation) {

  /// A message that names no system prompt and for which nothing is counted.
  public NewTurn(
      OwnerId owner,
      @Nullable ConversationId conversation,
      String prompt,
      @Nullable Idempotency idempotency,
      Duration timeToAnswer,
      @Nullable String traceparent,
      @Nullable String model) {
    this(owner, conversation, prompt, idempotency, timeToAnswer, traceparent, model, null, null);
  }

  /// What makes a repetition of a request harmless.
  ///
  /// @param key what the client sent, 1 to 255 characters
  /// @param bodyHash SHA-256 of the request body in hexadecimal
  public record Idempotency(String key, String bodyHash) {}
}
