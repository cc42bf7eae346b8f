package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.log.LogScope;
import dev.prosa.core.turn.FailureCode;
import dev.prosa.core.turn.StoreUnavailableException;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.ingest.problem.Problem;
import dev.prosa.ingest.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts messages and waits for their replies, on behalf of callers who want them in the answer
/// to their request. What goes wrong meanwhile ends the wait, never the job. Thread-safe.
final class ReplyWait {

  private static final Logger LOG = LoggerFactory.getLogger(ReplyWait.class);

  /// API Gateway ends a request after 29 s (Amazon API Gateway Developer Guide, "Quotas",
  /// integration timeout).
  static final Duration LONGEST = Duration.ofSeconds(25);

  /// Each one occupies one of the 512 requests that a server handles at once, and reads the table
  /// twice a second. With one [ReplyWait] for each of two routes, half of them stay for others.
  static final int MOST_AT_ONCE = 128;

  /// What has to remain of a Lambda's time for writing the answer.
  private static final Duration TO_ANSWER = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final Ingest ingest;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  ReplyWait(Ingest ingest) {
    this.ingest = ingest;
  }

  /// 200 with the reply, or with what was written when it was stopped; 202 with the job when there
  /// is none after [#LONGEST], of which accepting is a part, when too many wait already, or when no
  /// time is left.
  ///
  /// @param view what a client sees of an answer
  /// @throws ProblemException when the reply failed
  APIGatewayProxyResponseEvent answer(
      Request request, Body body, MessageRequest message, Function<Answered, Object> view) {
    var end = ingest.clock().nanoTime() + LONGEST.toNanos();
    var accepted = new Acceptance(ingest).accept(request, body, message);
    var turn = await(request, accepted.turn(), end);
    if (turn.state() instanceof TurnState.Failed(FailureCode code, String _)) {
      throw new ProblemException(
          Problem.replyFailed(turn.job().value(), code.code(), code.message()));
    }
    var answered = Answered.of(turn);
    return answered == null
        ? accepted.at(ingest.clock().instant()).answer()
        : Exchange.answer(200, view.apply(answered), accepted.headers());
  }

  /// The turn once it is final, or as it was seen last.
  private Turn await(Request request, Turn accepted, long end) {
    if (!accepted.state().isOpen() || !places.tryAcquire()) {
      return accepted;
    }
    try (var _ = LogScope.of(accepted)) {
      return poll(request, accepted, end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return accepted;
    } finally {
      places.release();
    }
  }

  private Turn poll(Request request, Turn accepted, long end) throws InterruptedException {
    var silent = ingest.clock().bell();
    var turn = accepted;
    var pause = FIRST_PAUSE.toNanos();
    var left = left(request, end);
    while (turn.state().isOpen() && left > 0) {
      silent.await(Math.min(pause, left));
      turn = look(turn);
      pause = Math.min(pause * 3 / 2, LONGEST_PAUSE.toNanos());
      left = left(request, end);
    }
    return turn;
  }

  /// Nanoseconds until the wait is over, by this clock or by that of the Lambda. A server that
  /// stops says that no time remains.
  private long left(Request request, long end) {
    var remaining = Duration.ofMillis(request.context().getRemainingTimeInMillis());
    return Math.min(end - ingest.clock().nanoTime(), remaining.minus(TO_ANSWER).toNanos());
  }

  /// The turn as it is now. A store that does not answer is asked again after the next pause.
  private Turn look(Turn turn) {
    try {
      var found = ingest.database().turns().find(turn.job());
      if (found == null) {
        throw Jobs.unknown();
      }
      return found;
    } catch (StoreUnavailableException e) {
      LOG.warn("{}; looking at {} again within {}", e.getMessage(), turn.job(), LONGEST_PAUSE);
      return turn;
    }
  }
}
