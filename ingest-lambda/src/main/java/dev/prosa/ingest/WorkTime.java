package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import dev.prosa.core.runtime.Clockwork;
import java.time.Duration;

/// The time of one request that works until it is done or nearly too late.
///
/// @param clock tells how long it has been working
/// @param context tells how long the Lambda may work
/// @param end by that clock, in nanoseconds
record WorkTime(Clockwork clock, Context context, long end) {

  /// API Gateway ends a request after 29 s (Amazon API Gateway Developer Guide, "Quotas",
  /// integration timeout).
  static final Duration LONGEST = Duration.ofSeconds(20);

  /// What has to remain of a Lambda's time for the step that has begun, and the answer.
  private static final Duration TO_ANSWER = Duration.ofSeconds(3);

  /// Begins now.
  static WorkTime of(Ingest ingest, Request request) {
    var clock = ingest.clock();
    return new WorkTime(clock, request.context(), clock.nanoTime() + LONGEST.toNanos());
  }

  /// Whether another step may begin.
  boolean isLeft() {
    return clock.nanoTime() < end && context.getRemainingTimeInMillis() > TO_ANSWER.toMillis();
  }
}
