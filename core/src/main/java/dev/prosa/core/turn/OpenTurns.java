package dev.prosa.core.turn;

import java.time.Instant;
import java.util.List;

/// Finds turns that nobody looks after: open ones whose poke was lost or whose worker died, and
/// failed ones that are not in the dead-letter queue yet. Thread-safe.
///
/// Every method throws [StoreUnavailableException] when the store does not answer.
public interface OpenTurns {

  /// Open turns whose lease, backoff or last poke is over, and failed turns that were not settled
  /// for a while.
  ///
  /// @param limit at most this many, 1 to 1,000
  List<JobId> overdue(int limit);

  /// Some open turns, whoever looks after them, in no order. The index that tells them is a moment
  /// behind the table.
  Glance glance();

  /// Open turns as they were read.
  ///
  /// @param turns at most [Glance#MOST_GLANCED]
  /// @param whole whether there are no others
  record Glance(List<Turn> turns, boolean whole) {

    /// What one request may read of the table (Amazon DynamoDB API, `BatchGetItem`: 100 items).
    public static final int MOST_GLANCED = 96;

    public Glance {
      turns = List.copyOf(turns);
    }
  }

  /// Notes that somebody took care of a turn, so that it is not overdue before `until`.
  ///
  /// @return false when it is not overdue any more; then nothing was written
  boolean postpone(JobId job, Instant until);

  /// Notes that a failed turn is in the dead-letter queue: nobody needs to look at it any more.
  /// When it was redriven since, and perhaps failed again, nothing is noted: that is another
  /// letter.
  ///
  /// @param failed the turn as it was when its letter was sent
  void settle(Turn failed);
}
