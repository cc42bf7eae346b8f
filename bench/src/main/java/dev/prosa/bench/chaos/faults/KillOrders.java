package dev.prosa.bench.chaos.faults;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiPredicate;

/// Kills that are due: the next worker that comes to the point is the one. Thread-safe.
///
/// @param due each point as often as it is due
/// @param kill kills a worker by its name, for a reason; false when it was not running
public record KillOrders(ConcurrentLinkedQueue<KillPoint> due, BiPredicate<String, String> kill) {

  /// No kill is due yet.
  public KillOrders(BiPredicate<String, String> kill) {
    this(new ConcurrentLinkedQueue<>(), kill);
  }

  /// From now on a kill is due.
  public void order(KillPoint point) {
    due.add(point);
  }

  /// Whether all kills were carried out.
  public boolean isEmpty() {
    return due.isEmpty();
  }

  /// Takes an order to be carried out later.
  ///
  /// @return false when none is due for this point
  boolean take(KillPoint point) {
    return due.remove(point);
  }

  /// Kills a worker for which an order was taken.
  ///
  /// @return false when it was gone already; then the kill is due again
  boolean carryOut(KillPoint point, String worker) {
    var killed = kill.test(worker, point.words());
    if (!killed) {
      due.add(point);
    }
    return killed;
  }

  /// Kills a worker that has come to a point, if that is due.
  ///
  /// @return whether it is gone now
  boolean strike(KillPoint point, String worker) {
    return take(point) && carryOut(point, worker);
  }
}
