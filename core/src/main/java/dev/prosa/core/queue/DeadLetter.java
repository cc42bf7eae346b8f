package dev.prosa.core.queue;

import org.jspecify.annotations.Nullable;

/// What goes to the dead-letter queue: the message, and why it is there.
///
/// @param body the body of the message that could not be served
/// @param errorCode a stable code: a `FailureCode`, or `malformed_poke`
/// @param attempts how many attempts were made; 0 when it was not even understood
/// @param provider the provider of the last attempt; null when there was none
/// @param traceparent the W3C trace context of the request; null when it had none
public record DeadLetter(
    String body,
    String errorCode,
    int attempts,
    @Nullable String provider,
    @Nullable String traceparent) {

  /// The code of a message that is not a [Poke].
  public static final String MALFORMED = "malformed_poke";
}
