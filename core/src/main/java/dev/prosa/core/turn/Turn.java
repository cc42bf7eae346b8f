package dev.prosa.core.turn;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One user message and its reply, as the store had it when it was read.
///
/// @param job names the turn
/// @param owner the user it belongs to
/// @param prompt the user's message
/// @param clock when it was accepted and by when it ends
/// @param attempts how often it was tried
/// @param state where it stands
/// @param cancelRequested whether its owner asked to stop it
/// @param traceparent the W3C trace context of the request that made it; null when it had none
/// @param model the model that was asked for; null leaves it to the worker
/// @param promptName the system prompt that was asked for; null leaves it to the worker
/// @param reservation what its end settles, as `core.limit` spells it; null when nothing is counted
public record Turn(
    JobId job,
    OwnerId owner,
    String prompt,
    Span clock,
    Attempts attempts,
    TurnState state,
    boolean cancelRequested,
    @Nullable String traceparent,
    @Nullable String model,
    @Nullable String promptName,
    @Nullable String reservation) {

  /// A turn that names no system prompt and for which nothing is counted.
  public Turn(
      JobId job,
      OwnerId owner,
      String prompt,
      Span clock,
      Attempts attempts,
      TurnState state,
      boolean cancelRequested,
      @Nullable String traceparent,
      @Nullable String model) {
    this(
        job,
        owner,
        prompt,
        clock,
        attempts,
        state,
        cancelRequested,
        traceparent,
        model,
        null,
        null);
  }

  /// The life of a turn.
  ///
  /// @param createdAt when the turn was accepted
  /// @param deadline when it fails if nothing else ended it
  public record Span(Instant createdAt, Instant deadline) {}

  /// How often a turn was tried.
  ///
  /// @param started attempts begun; 0 before the first claim; the number of the running one; a
  ///   redrive counts as one
  /// @param spent attempts that count against the limit; less than `started` when a draining worker
  ///   gave one back; 0 again after a redrive
  public record Attempts(int started, int spent) {}

  /// The number of the attempt that runs or ran last; 0 before the first.
  public int attempt() {
    return attempts.started();
  }

  /// When it was accepted or, if it was since, redriven last.
  ///
  /// @param timeToAnswer for how long turns may stay open
  public Instant openedAt(Duration timeToAnswer) {
    var opened = clock.deadline().minus(timeToAnswer);
    return opened.isAfter(clock.createdAt()) ? opened : clock.createdAt();
  }

  /// The id of its trace; null when it has none, as turns from before there were traces.
  public @Nullable String traceId() {
    return TraceContext.traceIdOf(traceparent);
  }

  /// The same turn in another state.
  public Turn with(TurnState next) {
    return with(attempts, next, cancelRequested);
  }

  Turn with(Attempts count, TurnState next, boolean stop) {
    return new Turn(
        job, owner, prompt, clock, count, next, stop, traceparent, model, promptName, reservation);
  }

  /// A failed turn after it was reopened; see [TurnStore#reopen].
  Turn reopened(Instant deadline) {
    return new Turn(
        job,
        owner,
        prompt,
        new Span(clock.createdAt(), deadline),
        new Attempts(attempt() + 1, 0),
        new TurnState.Accepted(null),
        false,
        traceparent,
        model,
        promptName,
        reservation);
  }
}
