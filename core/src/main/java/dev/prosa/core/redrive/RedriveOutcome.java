package dev.prosa.core.redrive;

import dev.prosa.core.turn.Turn;

/// What became of a redrive.
public sealed interface RedriveOutcome {

  /// A stable word for programs.
  String code();

  /// Whether the letters were removed from the dead-letter queue.
  boolean removed();

  /// The attempt of the turn afterwards; 0 when there is no turn.
  int attempt();

  /// What happened, for a person.
  default String sentence() {
    return switch (this) {
      case Redriven(var turn, boolean told) ->
          "redriven: the next attempt is number "
              + (turn.attempt() + 1)
              + (told ? "" : "; Redis is away, so open pages show it at the next event");
      case Poked _ ->
          "already open: a worker was poked again and the letter removed, nothing else changed";
      case Stale(var turn) ->
          "already %s: the letter was removed, nothing else changed".formatted(turn.state().name());
      case Missing _ -> "not redriven: its turn is gone, erased most likely; discard the letter";
      case NotAPoke _ -> "not redriven: the message is no poke; discard it";
    };
  }

  /// The failed turn is open again, and a worker was poked.
  ///
  /// @param turn as it was reopened
  /// @param told whether the browsers were told; otherwise they learn it by the next event
  record Redriven(Turn turn, boolean told) implements RedriveOutcome {
    @Override
    public String code() {
      return "redriven";
    }

    @Override
    public boolean removed() {
      return true;
    }

    @Override
    public int attempt() {
      return turn.attempt();
    }
  }

  /// The turn had been open already; all it got is a new poke.
  record Poked(Turn turn) implements RedriveOutcome {
    @Override
    public String code() {
      return "already_open";
    }

    @Override
    public boolean removed() {
      return true;
    }

    @Override
    public int attempt() {
      return turn.attempt();
    }
  }

  /// The turn had been completed or cancelled; nothing was changed about it.
  record Stale(Turn turn) implements RedriveOutcome {
    @Override
    public String code() {
      return "already_final";
    }

    @Override
    public boolean removed() {
      return true;
    }

    @Override
    public int attempt() {
      return turn.attempt();
    }
  }

  /// There is no such turn. The letter stays: the table may be the wrong one.
  record Missing() implements RedriveOutcome {
    @Override
    public String code() {
      return "turn_missing";
    }

    @Override
    public boolean removed() {
      return false;
    }

    @Override
    public int attempt() {
      return 0;
    }
  }

  /// The message is not a poke, so there is nothing to redrive. The letter stays.
  record NotAPoke() implements RedriveOutcome {
    @Override
    public String code() {
      return "malformed";
    }

    @Override
    public boolean removed() {
      return false;
    }

    @Override
    public int attempt() {
      return 0;
    }
  }
}
