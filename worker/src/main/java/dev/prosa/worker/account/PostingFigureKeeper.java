package dev.prosa.worker.account;

import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.figures.FleetFigures;
import dev.prosa.core.figures.Slice;
import dev.prosa.core.figures.Tally;
import dev.prosa.core.figures.WorkerFigures;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.usage.ModelCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the slices of the window, the newest last, and posts them from a thread of its own.
final class PostingFigureKeeper implements FigureKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(PostingFigureKeeper.class);

  private static final Duration LEAST = Duration.ofSeconds(1);

  /// A third of what makes a worker look dead, so that two posts may be lost.
  private static final Duration MOST = FiguresBoard.ALIVE.dividedBy(3);

  private final FiguresBoard board;
  private final String worker;
  private final Duration timeToAnswer;
  private final Clockwork clockwork;
  private final Clockwork.Bell bell;
  private final Deque<Slice> slices = new ArrayDeque<>();
  private int writing;
  private boolean changed;
  private volatile boolean closed;

  PostingFigureKeeper(
      FiguresBoard board, String worker, Duration timeToAnswer, Clockwork clockwork) {
    this.board = board;
    this.worker = worker;
    this.timeToAnswer = timeToAnswer;
    this.clockwork = clockwork;
    this.bell = clockwork.bell();
  }

  @Override
  public synchronized void called(ModelCall call) {
    if (call.outcome() == ModelCall.Outcome.STARTED) {
      return;
    }
    var firstToken = call.timing().firstToken();
    note(slice -> firstToken == null ? slice : slice.spoke(firstToken));
    var usage = call.usage();
    did(new Tally(0, 0, 0, usage.promptTokens(), usage.completionTokens(), call.costNanos()));
  }

  @Override
  public synchronized void happened(Progress progress) {
    switch (progress) {
      case Progress.AttemptBegins(Turn turn) -> begins(turn);
      case Progress.AttemptOver _ -> writing = Math.max(0, writing - 1);
      case Progress.Ended(Turn turn) -> ended(turn);
    }
    changed = true;
  }

  private void begins(Turn turn) {
    writing++;
    if (turn.attempts().spent() == 1) {
      note(slice -> slice.waited(since(turn)));
    }
  }

  private void ended(Turn turn) {
    switch (turn.state()) {
      case TurnState.Completed _ -> {
        did(new Tally(1, 0, 0, 0, 0, 0));
        note(slice -> slice.replied(since(turn)));
      }
      case TurnState.Failed _ -> did(new Tally(0, 1, 0, 0, 0, 0));
      case TurnState.Cancelled _ -> did(new Tally(0, 0, 1, 0, 0, 0));
      case TurnState.Accepted _, TurnState.Running _ -> {} // was opened again since
    }
  }

  private Duration since(Turn turn) {
    return Duration.between(turn.openedAt(timeToAnswer), clockwork.instant());
  }

  private void did(Tally more) {
    note(slice -> slice.did(more));
  }

  private void note(UnaryOperator<Slice> change) {
    var number = Slice.numberAt(clockwork.instant());
    var last = slices.peekLast();
    if (last == null || last.number() < number) {
      slices.add(Slice.empty(number));
    }
    slices.add(change.apply(slices.removeLast()));
    while (slices.getFirst().number() <= number - FleetFigures.SLICES) {
      slices.removeFirst();
    }
    changed = true;
  }

  /// Posts until it is closed.
  void post() {
    try {
      var silent = MOST;
      while (!closed) {
        if (silent.compareTo(MOST) >= 0 || hasChanged()) {
          postOnce();
          silent = Duration.ZERO;
        }
        bell.await(LEAST.toNanos());
        silent = silent.plus(LEAST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean hasChanged() {
    return changed;
  }

  private synchronized WorkerFigures take() {
    changed = false;
    return new WorkerFigures(writing, List.copyOf(slices));
  }

  private void postOnce() {
    try {
      board.post(worker, take());
    } catch (CacheUnavailableException e) {
      LOG.debug("{}; the figures are posted again in {} s", e, MOST.toSeconds());
    }
  }

  @Override
  public void close() {
    closed = true;
    bell.ring();
  }
}
