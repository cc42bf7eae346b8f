package dev.prosa.worker.process;

import dev.prosa.core.queue.Poke;
import dev.prosa.core.turn.JobId;

/// Serves pokes. Thread-safe; one call serves one conversation and blocks until it is served.
public interface PokeHandler {

  /// Works on the oldest open turn of the poke's conversation until the poke's own job is final.
  ///
  /// @param keeper keeps the message hidden meanwhile
  PokeOutcome serve(Poke poke, Keeper keeper);

  /// Goes on with the turns that wait behind a served one, if nobody has them.
  ///
  /// @param served a job that is final
  void goOn(JobId served);

  /// Stops the answer to a job, if this handler is at it: its owner asked for it.
  void cancel(JobId job);

  /// How many pokes may be served now; 0 while no provider takes calls.
  int room();

  /// Gives every turn back that is being answered, and takes no new ones; does not wait for it.
  void drain();

  /// Keeps a message hidden from the other workers.
  @FunctionalInterface
  interface Keeper {

    /// Hides it for the full visibility timeout from now.
    void keep();
  }

  /// The handler that asks a language model.
  static PokeHandler answering(Workplace workplace) {
    return new TurnProcessor(workplace);
  }
}
