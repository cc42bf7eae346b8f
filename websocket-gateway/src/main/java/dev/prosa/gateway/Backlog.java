package dev.prosa.gateway;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts the bytes of one connection that were queued and not yet taken by the operating system.
/// Thread-safe.
///
/// What is written without having been added, such as the handshake, only brings the count down,
/// and never below zero: an error corrects itself whenever the queue runs empty.
final class Backlog {

  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long bytes;
  private boolean ended;

  /// @param limit bytes from which on nothing more is taken; more than zero
  Backlog(long limit) {
    this.limit = limit;
  }

  /// Counts in what has to wait. It may go beyond the limit, or a long reply could never be
  /// delivered.
  void add(long waiting) {
    lock.lock();
    try {
      bytes += waiting;
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing more shall be taken.
  boolean isFull() {
    return bytes() >= limit;
  }

  /// Counts out what was written.
  void drained(long written) {
    lock.lock();
    try {
      bytes = Math.max(0, bytes - written);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What waits now, in bytes.
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until at most half of the limit is used.
  ///
  /// @return false when that took longer than `patience`, or the connection ended
  boolean awaitRoom(Duration patience) {
    lock.lock();
    try {
      var nanos = patience.toNanos();
      while (!ended && bytes > limit / 2) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return !ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Nobody needs to wait any more.
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
