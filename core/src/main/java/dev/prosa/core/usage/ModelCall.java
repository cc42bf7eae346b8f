package dev.prosa.core.usage;

import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Usage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call to a model and what it cost, whatever came of it.
///
/// @param id names the call
/// @param provider the provider's name in the settings
/// @param model the model that was asked
/// @param outcome how it ended
/// @param usage tokens that were billed or, when `estimated`, probably were
/// @param estimated whether the provider did not say
/// @param costNanos what they cost in billionths of a US dollar; 0 when no price is set
/// @param timing when it began and how long it took
public record ModelCall(
    Id id,
    String provider,
    String model,
    Outcome outcome,
    Usage usage,
    boolean estimated,
    long costNanos,
    Timing timing) {

  /// Names a call.
  ///
  /// @param job the turn it was made for
  /// @param attempt the attempt it was made in, from 1
  /// @param number counted within the attempt, from 1
  public record Id(JobId job, int attempt, int number) {}

  /// When a call began and how long it took.
  ///
  /// @param begin when it began
  /// @param firstToken how long the first text took; null when none came
  /// @param total how long it took in all; zero while it runs
  public record Timing(Instant begin, @Nullable Duration firstToken, Duration total) {}

  /// How a call ended.
  public enum Outcome {
    /// It runs, or its worker died.
    STARTED,
    /// The reply came whole.
    ANSWERED,
    /// The provider failed.
    FAILED,
    /// It was ended from here: by the owner, or because nothing came for too long.
    ABORTED,
    /// Somebody else had taken the turn over.
    SUPERSEDED
  }
}
