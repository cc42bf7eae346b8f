package dev.prosa.core.queue;

import dev.prosa.core.runtime.AwsTarget;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Both queues for a process that seldom needs them: they are looked up when somebody asks first,
/// and again until they are found. Thread-safe; whoever makes it closes it.
///
/// @param target where SQS is
/// @param name of the job queue
/// @param opened owned by this record; holds null until somebody asks
public record SqsQueuesOnDemand(
    AwsTarget target, String name, AtomicReference<@Nullable SqsQueues> opened)
    implements Supplier<SqsQueues>, AutoCloseable {

  /// Nothing is called yet.
  public static SqsQueuesOnDemand of(AwsTarget target, String name) {
    return new SqsQueuesOnDemand(target, name, new AtomicReference<>());
  }

  /// The queues.
  ///
  /// @throws QueueUnavailableException when one is not there, or SQS does not answer
  @Override
  public SqsQueues get() {
    var known = opened.get();
    return known == null ? open() : known;
  }

  private synchronized SqsQueues open() {
    var known = opened.get();
    if (known != null) {
      return known;
    }
    var queues = SqsQueues.open(target, name);
    opened.set(queues);
    return queues;
  }

  @Override
  public void close() {
    var known = opened.get();
    if (known != null) {
      known.close();
    }
  }
}
