package dev.prosa.worker.process;

import org.jspecify.annotations.Nullable;

/// Ends a call to a model from another thread, by interrupting the one that waits in it. The first
/// reason wins, only a silence gives way to another one, and no interrupt arrives after [#end()].
/// Thread-safe.
final class Stop {

  /// Why an attempt was stopped.
  enum Reason {
    LEASE_LOST,
    CANCELLED,
    DRAINING,
    NO_FIRST_TOKEN,
    TOKEN_GAP,
    TOO_LONG;

    /// Whether it says nothing about the provider.
    boolean isOurs() {
      return this == LEASE_LOST || this == CANCELLED || this == DRAINING;
    }
  }

  private @Nullable Thread answering;
  private @Nullable Reason reason;

  /// @param answering the thread to interrupt
  Stop(Thread answering) {
    this.answering = answering;
  }

  synchronized void request(Reason why) {
    if (answering != null && (reason == null || outweighs(why))) {
      reason = why;
      answering.interrupt();
    }
  }

  /// A silence ends one call only and is forgotten; what comes meanwhile ends the attempt.
  private boolean outweighs(Reason why) {
    return reason == Reason.NO_FIRST_TOKEN && why != Reason.NO_FIRST_TOKEN;
  }

  /// Called by the answering thread when one call is over and it may make another: a call that said
  /// nothing in its time is no reason to end the attempt.
  ///
  /// @return whether the call was ended because of that
  synchronized boolean forgetSilence() {
    if (reason != Reason.NO_FIRST_TOKEN) {
      return false;
    }
    reason = null;
    var _ = Thread.interrupted();
    return true;
  }

  /// Why it was stopped so far; null when it was not.
  synchronized @Nullable Reason reason() {
    return reason;
  }

  /// Called by the answering thread when it is back: from here on it is not interrupted any more,
  /// and what it calls next does not feel the interrupt that came.
  ///
  /// @return why it was stopped; null when it was not
  synchronized @Nullable Reason end() {
    answering = null;
    var _ = reason != null && Thread.interrupted();
    return reason;
  }
}
