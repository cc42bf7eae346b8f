package dev.prosa.core.queue;

import dev.prosa.core.identity.OwnerId;

/// Where pokes go, for whoever only sends them. Thread-safe.
public interface PokeSender {

  /// Sends a poke.
  ///
  /// @param owner a noisy owner does not delay the others (SQS fair queues)
  /// @throws QueueUnavailableException when the queue is not there or does not answer
  void send(Poke poke, OwnerId owner);

  /// A queue in Amazon SQS.
  ///
  /// @param outbox stays the caller's, who closes it
  static PokeSender sqs(SqsOutbox outbox) {
    return new SqsPokeSender(outbox);
  }
}
