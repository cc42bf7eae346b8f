package dev.prosa.core.queue;

import org.jspecify.annotations.Nullable;

/// What goes to the dead-letter queue: the message, and why it is there.
///
/// @param body the body of the message that could not be served
/// @param errorCode a stable code: a `FailureCode`, or [#MALFORMED] or [#RECEIVE_LIMIT]
/// @param attempts how many attempts failed since it was accepted or redriven last; 0 when it was
///   not even understood
/// @param provider the provider of the last attempt; null when there was none
/// @param traceparent the W3C trace context of the request; null when it had none
public record DeadLetter(
    String body,
    String errorCode,
    int attempts,
    @Nullable String provider,
    @Nullable String traceparent) {

  /// The code of a message that is not a [Poke].
  public static final String MALFORMED = "malformed";

  /// The code of a poke that SQS moved by itself, because it was received too often; see
  /// [SqsQueues].
  public static final String RECEIVE_LIMIT = "receive_limit";

  /// The code of a message that came without one.
  static String codeOfUnexplained(String body) {
    return Poke.parse(body) == null ? MALFORMED : RECEIVE_LIMIT;
  }
}
