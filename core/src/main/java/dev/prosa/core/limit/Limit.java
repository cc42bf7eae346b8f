package dev.prosa.core.limit;

/// How much one user, tenant or model may take. 0 sets no limit.
///
/// @param requestsPerMinute jobs accepted within any 60 seconds
/// @param jobsInFlight jobs that are accepted and not final
/// @param perDay what a day of UTC may take
public record Limit(int requestsPerMinute, int jobsInFlight, Amount perDay) {

  /// No limit at all.
  public static final Limit NONE = new Limit(0, 0, Amount.NOTHING);

  /// Whether anything has to be counted.
  boolean isSet() {
    return !equals(NONE);
  }

  /// Whether a day has an end before its night.
  boolean hasBudget() {
    return !perDay.equals(Amount.NOTHING);
  }
}
