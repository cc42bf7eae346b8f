package dev.prosa.core.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The queue of pokes and the dead-letter queue behind it. Delivers at least once, in no particular
/// order. Thread-safe.
///
/// Every method throws [QueueUnavailableException] when the queue does not answer.
public interface JobQueue extends PokeSender {

  /// The most messages one receive can bring (Amazon SQS API, `ReceiveMessage`).
  int MAX_RECEIVE = 10;

  /// Receives messages; each is hidden from others for the visibility timeout of the queue.
  ///
  /// @param max at most this many, 1 to [#MAX_RECEIVE]
  /// @param wait how long to wait for the first one; 0 to 20 s
  List<ReceivedPoke> receive(int max, Duration wait);

  /// Removes a message. Nothing happens when it is gone, or was delivered again since.
  void delete(ReceivedPoke message);

  /// Sets when the message is visible again, counted from now.
  ///
  /// @param visibleAfter 0 s to 12 h, rounded up to seconds; zero hands it back at once
  void changeVisibility(ReceivedPoke message, Duration visibleAfter);

  /// Puts a message with its reason into the dead-letter queue.
  void deadLetter(DeadLetter letter);

  /// How many pokes it has.
  QueueDepth depth();

  /// A queue in Amazon SQS.
  ///
  /// @param queues stays the caller's, who closes it
  static JobQueue sqs(SqsQueues queues) {
    return new SqsJobQueue(queues);
  }

  /// A queue in this process that forgets everything with it; for tests and simulations.
  ///
  /// @param visibilityTimeout how long a received message is hidden
  static InMemoryJobQueue inMemory(InstantSource clock, Duration visibilityTimeout) {
    return new InMemoryJobQueue(clock, visibilityTimeout);
  }
}
