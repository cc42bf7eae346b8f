package dev.prosa.core.figures;

/// What was done, in numbers; each 0 or more.
///
/// @param completed replies that were written to their end
/// @param failed turns that were given up
/// @param cancelled turns that their owners stopped
/// @param promptTokens tokens sent to models, estimated where a provider did not say
/// @param completionTokens tokens received, likewise
/// @param costNanos their cost in billionths of a US dollar, by the prices that are configured
public record Tally(
    long completed,
    long failed,
    long cancelled,
    long promptTokens,
    long completionTokens,
    long costNanos) {

  /// Nothing was done.
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

  /// This and more.
  public Tally plus(Tally more) {
    return new Tally(
        completed + more.completed,
        failed + more.failed,
        cancelled + more.cancelled,
        promptTokens + more.promptTokens,
        completionTokens + more.completionTokens,
        costNanos + more.costNanos);
  }
}
