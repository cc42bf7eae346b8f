package dev.prosa.core.redrive;

import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.reply.ReplyEvent;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.ReopenOutcome;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnState;
import dev.prosa.core.turn.TurnStore;
import java.time.Duration;
import java.util.function.Supplier;

/// What can be done with a dead letter. Each action leaves an entry in the audit log, also one that
/// changed nothing or broke off.
///
/// @param turns the truth
/// @param queue where pokes go
/// @param channel to the browsers
/// @param audit who did what
/// @param timeToAnswer how long a redriven turn may stay open; more than zero
public record Redrive(
    TurnStore turns, JobQueue queue, ReplyChannel channel, AuditLog audit, Duration timeToAnswer) {

  /// Opens the turn of a letter again, so that it has all its attempts, and removes the letter.
  ///
  /// Whatever dies in between loses nothing: the letter goes last, and the sweeper finds an open
  /// turn that was not poked. Doing it twice does it once.
  ///
  /// @param letters where the group was taken from
  /// @throws dev.prosa.core.turn.StoreUnavailableException when the store does not answer
  /// @throws dev.prosa.core.queue.QueueUnavailableException when the queue does not answer
  public RedriveOutcome redrive(Letters letters, LetterGroup group) {
    var outcome =
        noting(
            "redrive",
            group,
            () -> {
              var job = group.job();
              var became = job == null ? new RedriveOutcome.NotAPoke() : redrive(job);
              if (became.removed()) {
                letters.remove(group);
              }
              return became;
            });
    note("redrive", group.id(), outcome.code(), outcome.attempt());
    return outcome;
  }

  private RedriveOutcome redrive(JobId job) {
    return switch (turns.reopen(job, timeToAnswer)) {
      case ReopenOutcome.Reopened(Turn turn) -> {
        var told = tell(turn); // after the poke a worker may be faster, and it would be fenced off
        poke(turn);
        yield new RedriveOutcome.Redriven(turn, told);
      }
      case ReopenOutcome.NotFailed(Turn turn) when turn.state().isOpen() -> {
        poke(turn); // whoever opened it may have died before sending one
        yield new RedriveOutcome.Poked(turn);
      }
      case ReopenOutcome.NotFailed(Turn turn) -> new RedriveOutcome.Stale(turn);
      case ReopenOutcome.Missing() -> new RedriveOutcome.Missing();
    };
  }

  private void poke(Turn turn) {
    queue.send(new Poke(turn.job(), turn.traceparent()), turn.owner());
  }

  private boolean tell(Turn turn) {
    if (!(turn.state() instanceof TurnState.Accepted)) {
      return true; // a worker has it, and tells
    }
    try {
      var _ = channel.publish(turn.owner(), ReplyEvent.JobWaiting.redriven(turn));
      return true;
    } catch (CacheUnavailableException away) {
      return false;
    }
  }

  /// Removes a letter and leaves its turn as it is.
  ///
  /// @param letters where the group was taken from
  /// @throws dev.prosa.core.queue.QueueUnavailableException when the queue does not answer
  public void discard(Letters letters, LetterGroup group) {
    var _ =
        noting(
            "discard",
            group,
            () -> {
              letters.remove(group);
              return group;
            });
    note("discard", group.id(), "discarded", 0);
  }

  /// Notes that somebody is shown what the user wrote.
  public void shown(LetterGroup group) {
    note("show_prompt", group.id(), "shown", 0);
  }

  /// Notes that an action found no letter.
  ///
  /// @param action `redrive` or `discard`
  /// @param id what was asked for
  public void notFound(String action, String id) {
    note(action, id, "not_found", 0);
  }

  private <T> T noting(String action, LetterGroup group, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      note(action, group.id(), "error", 0);
      throw e;
    }
  }

  private void note(String action, String id, String outcome, int attempt) {
    audit.note(new AuditLog.Entry(action, id, outcome, attempt));
  }
}
