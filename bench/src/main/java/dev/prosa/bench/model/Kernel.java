package dev.prosa.bench.model;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Runs everything in one world, one thing at a time, on a time of its own that jumps from event to
/// event. What happens follows from the events and their order alone, so a seed repeats it.
///
/// Code that blocks runs as a [Task] on a thread of its own, but only while the kernel waits for
/// it.
final class Kernel {

  private static final ThreadLocal<@Nullable Task> CURRENT = new ThreadLocal<>();

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Semaphore back = new Semaphore(0);
  private final List<Throwable> failures = new ArrayList<>();
  private long nowNanos;
  private long serial;
  private long limitNanos = Long.MAX_VALUE;

  /// Ends a task whose process was killed. An error, because no handler of exceptions may stop it.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  private record Event(long at, long serial, @Nullable Proc proc, Runnable action)
      implements Comparable<Event> {

    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(serial, other.serial);
    }
  }

  /// Nanoseconds since the world began.
  long nowNanos() {
    return nowNanos;
  }

  /// Does something later, unless its process is dead by then; a paused one does it afterwards.
  ///
  /// @param proc null when it depends on no process
  void after(long nanos, @Nullable Proc proc, Runnable action) {
    events.add(new Event(nowNanos + Math.max(0, nanos), serial++, proc, action));
  }

  /// Runs what happens until `nanos`.
  void runUntil(long nanos) {
    limitNanos = nanos;
    for (var next = events.peek(); next != null && next.at <= nanos; next = events.peek()) {
      events.remove(next);
      nowNanos = Math.max(nowNanos, next.at);
      run(next);
    }
    nowNanos = Math.max(nowNanos, nanos);
  }

  private void run(Event event) {
    var proc = event.proc;
    if (proc != null && proc.isDead()) {
      return;
    }
    if (proc != null && proc.pausedUntil() > nowNanos) {
      events.add(new Event(proc.pausedUntil(), serial++, proc, event.action));
      return;
    }
    try {
      event.action.run();
    } catch (Killed killed) {
      // an event that ran on this thread had its process killed; there is nothing left of it
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  /// Starts code that may block.
  void start(Proc proc, String name, Runnable body) {
    var task = new Task(proc, name, body);
    proc.tasks().add(task);
    after(0, proc, task::begin);
  }

  /// Ends a process at once: its tasks are unwound, and nothing that they do then has an effect.
  void kill(Proc proc) {
    proc.die();
    after(0, null, () -> List.copyOf(proc.tasks()).forEach(Task::unwind));
    var task = CURRENT.get();
    if (task != null && task.proc == proc) {
      throw new Killed();
    }
  }

  /// What nobody caught.
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /// The task that calls; null on the kernel's own thread.
  static @Nullable Task current() {
    return CURRENT.get();
  }

  /// Code on a thread of its own that runs only when it is its turn.
  final class Task {

    private final Proc proc;
    private final Semaphore go = new Semaphore(0);
    private final Thread thread;
    private boolean begun;
    private long waiting;

    private Task(Proc proc, String name, Runnable body) {
      this.proc = proc;
      this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(body));
    }

    private void run(Runnable body) {
      CURRENT.set(this);
      go.acquireUninterruptibly();
      try {
        if (!proc.isDead()) {
          body.run();
        }
      } catch (Killed killed) {
        // its process is gone
      } catch (RuntimeException | AssertionError e) {
        failures.add(e);
      } finally {
        proc.tasks().remove(this);
        back.release();
      }
    }

    String name() {
      return thread.getName();
    }

    Proc proc() {
      return proc;
    }

    private void begin() {
      begun = true;
      thread.start();
      giveTurn();
    }

    private void unwind() {
      if (begun) {
        giveTurn();
      }
    }

    private void giveTurn() {
      waiting++;
      go.release();
      back.acquireUninterruptibly();
    }

    /// Lets time pass, and everybody else do something meanwhile.
    ///
    /// @param nanos [Long#MAX_VALUE] waits until [#wake]
    void sleep(long nanos) {
      dieIfKilled();
      if (isAlone(nanos)) {
        nowNanos += nanos;
        return;
      }
      var turn = waiting;
      if (nanos != Long.MAX_VALUE) {
        after(nanos, proc, () -> resume(turn));
      }
      back.release();
      go.acquireUninterruptibly();
      dieIfKilled();
    }

    /// Nothing else happens meanwhile, so there is nobody to hand the turn to.
    private boolean isAlone(long nanos) {
      if (nanos > limitNanos - nowNanos || proc.pausedUntil() > nowNanos) {
        return false;
      }
      var next = events.peek();
      return next == null || next.at > nowNanos + nanos;
    }

    /// Ends a [#sleep] of this task; nothing happens when it sleeps no more by then.
    void wake() {
      var turn = waiting;
      after(0, proc, () -> resume(turn));
    }

    private void resume(long turn) {
      if (turn == waiting) {
        giveTurn();
      }
    }

    private void dieIfKilled() {
      if (proc.isDead()) {
        throw new Killed();
      }
    }
  }
}
