package dev.prosa.core.queue;

import dev.prosa.core.runtime.AwsTarget;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// A job queue that is only sent to, and the client that reaches it. Thread-safe; whoever opens it
/// closes it.
///
/// The queue is looked up with the first poke, and again until it is found: a Lambda whose queue is
/// away when it starts can say so to its callers, and its snapshot holds no connection.
///
/// @param client owned by this record
/// @param name of the queue
/// @param found its URL; holds null until it is looked up
public record SqsOutbox(SqsClient client, String name, AtomicReference<@Nullable String> found)
    implements AutoCloseable {

  /// Nothing is called yet.
  ///
  /// @param patience after which SQS is given up
  public static SqsOutbox open(AwsTarget target, String name, AwsTarget.Patience patience) {
    return of(target.configure(SqsClient.builder(), patience).build(), name);
  }

  /// The same with a client that exists.
  ///
  /// @param client is closed with the outbox
  public static SqsOutbox of(SqsClient client, String name) {
    return new SqsOutbox(client, name, new AtomicReference<>());
  }

  /// The URL of the queue.
  ///
  /// @throws QueueUnavailableException when it is not there, or SQS does not answer
  String url() {
    var known = found.get();
    if (known != null) {
      return known;
    }
    try {
      var url = client.getQueueUrl(r -> r.queueName(name)).queueUrl();
      found.set(url);
      return url;
    } catch (SdkException e) {
      throw new QueueUnavailableException("cannot look up the queue " + name, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
