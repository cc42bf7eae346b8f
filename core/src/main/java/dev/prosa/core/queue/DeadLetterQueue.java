package dev.prosa.core.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// The dead-letter queue, for whoever looks into it. It cannot be read without taking: a letter is
/// received like any message, and handed back. Thread-safe.
///
/// Every method throws [QueueUnavailableException] when the queue does not answer.
public interface DeadLetterQueue {

  /// The name of the queue.
  String name();

  /// Receives letters, in no particular order; each is hidden from others for a while. Waits up to
  /// a second for the first one, so that an empty answer means an empty queue.
  ///
  /// @param max at most this many, 1 to [JobQueue#MAX_RECEIVE]
  /// @param hidden 1 s to 12 h (Amazon SQS Developer Guide, "Visibility timeout")
  List<ReceivedLetter> receive(int max, Duration hidden);

  /// Makes letters visible to others at once. Nothing happens to one that is gone.
  void handBack(Collection<ReceivedLetter> letters);

  /// Removes a letter. Nothing happens when it is gone, or was delivered again since.
  void delete(ReceivedLetter letter);

  /// How many letters it has.
  QueueDepth depth();

  /// The dead-letter queue in Amazon SQS.
  ///
  /// @param queues stays the caller's, who closes it
  static DeadLetterQueue sqs(SqsQueues queues) {
    return new SqsDeadLetterQueue(queues);
  }
}
