package dev.prosa.core.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The truth about turns. Every change is one conditional write. Thread-safe.
///
/// Every method throws [StoreUnavailableException] when the store does not answer.
public interface TurnStore {

  /// Appends a turn to a conversation, with its idempotency key, or not at all. When it throws, the
  /// turn may be there, unless [StoreUnavailableException#nothingWritten].
  AcceptOutcome accept(NewTurn request);

  /// What the first request with the key of this one became; nothing is written.
  ///
  /// @return null when there was none, or `request` has no key
  @Nullable AcceptOutcome earlier(NewTurn request);

  /// The turn, read consistently; null when there is none.
  @Nullable Turn find(JobId job);

  /// Takes a turn for one attempt, when it is open, its backoff is over, nobody holds it and an
  /// attempt is left.
  ClaimOutcome claim(JobId job, Claim claim);

  /// Keeps a claimed turn.
  ///
  /// @param claimed as [ClaimOutcome.Claimed] gave it
  /// @param lease how long from now; more than zero
  Renewal renew(Turn claimed, Duration lease);

  /// Gives a claimed turn back without ending it.
  ///
  /// @param claimed as [ClaimOutcome.Claimed] gave it
  /// @param notBefore when the next attempt may begin
  /// @param forgive true when this attempt shall not count as a try
  /// @return false when it was not the caller's any more
  boolean release(Turn claimed, Instant notBefore, boolean forgive);

  /// Ends a turn, unless it changed hands or ended since it was read. The first wins. A failed turn
  /// stays in [OpenTurns] until it is settled there.
  ///
  /// @param seen the turn as the caller claimed or read it
  /// @param end how it ends
  FinishOutcome finish(Turn seen, TurnState.Final end);

  /// Makes a failed turn open again, as if it had just been accepted: new deadline, all attempts
  /// left, no wish to stop it. It takes one attempt number, so that whatever is said about the turn
  /// from now on counts more than anything that was said before.
  ///
  /// @param timeToAnswer how long from now the turn may stay open; more than zero
  ReopenOutcome reopen(JobId job, Duration timeToAnswer);

  /// Notes that the owner wants the turn stopped; whoever holds it learns it by its next renewal.
  ///
  /// @return the turn after the note, or as it stands when it is final; null when there is none
  @Nullable Turn requestCancel(JobId job);

  /// Turns of a conversation, newest first, read consistently.
  ///
  /// @param newest the newest turn wanted, counted from 1; larger than any means from the end
  /// @param limit at most this many, 1 to 100; fewer may come though older ones exist
  List<Turn> turns(ConversationId conversation, int newest, int limit);
}
