package dev.prosa.core.queue;

import dev.prosa.core.runtime.AwsTarget;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/// The two queues and the clients that reach them. Thread-safe; whoever opens it closes it.
///
/// @param client for short calls
/// @param poller for long polls only: they would hold the connections that deletes need
/// @param url of the job queue
/// @param deadLetterUrl of the dead-letter queue
public record SqsQueues(SqsClient client, SqsClient poller, String url, String deadLetterUrl)
    implements AutoCloseable {

  /// The time that a received poke stays hidden, and a lease lasts.
  public static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(30);

  /// The backstop behind our own four attempts: handing a poke back counts as a receive, too.
  private static final int MAX_RECEIVE_COUNT = 50;

  private static final AwsTarget.Patience PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(2), Duration.ofSeconds(6));

  /// The longest long poll takes 20 s (Amazon SQS API, `ReceiveMessage`), and its answer a while.
  private static final AwsTarget.Patience POLL =
      new AwsTarget.Patience(Duration.ofSeconds(25), Duration.ofSeconds(25));

  /// Finds both queues by name.
  ///
  /// @param name of the job queue; the dead-letter queue is `<name>-dlq`
  /// @throws QueueUnavailableException when one is not there, or SQS does not answer
  public static SqsQueues open(AwsTarget target, String name) {
    var client = target.configure(SqsClient.builder(), PATIENCE).build();
    try {
      var url = client.getQueueUrl(r -> r.queueName(name)).queueUrl();
      var deadLetters = client.getQueueUrl(r -> r.queueName(deadLetterName(name))).queueUrl();
      var poller = target.configure(SqsClient.builder(), POLL).build();
      return new SqsQueues(client, poller, url, deadLetters);
    } catch (QueueDoesNotExistException e) {
      client.close();
      throw new QueueUnavailableException(
          "queue " + name + " or " + deadLetterName(name) + " does not exist", e);
    } catch (SdkException e) {
      client.close();
      throw new QueueUnavailableException("cannot look up the queue " + name, e);
    }
  }

  /// Creates both queues when they are not there; does not change existing ones.
  public static void createIfMissing(AwsTarget target, String name) {
    try (var client = target.configure(SqsClient.builder(), PATIENCE).build()) {
      var deadLetters = create(client, deadLetterName(name), Map.of());
      var arn =
          client
              .getQueueAttributes(
                  r -> r.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      create(
          client,
          name,
          Map.of(
              QueueAttributeName.VISIBILITY_TIMEOUT,
              Long.toString(VISIBILITY_TIMEOUT.toSeconds()),
              QueueAttributeName.REDRIVE_POLICY,
              "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                  .formatted(arn, MAX_RECEIVE_COUNT)));
    }
  }

  private static String create(
      SqsClient client, String name, Map<QueueAttributeName, String> attributes) {
    try {
      return client.getQueueUrl(r -> r.queueName(name)).queueUrl();
    } catch (QueueDoesNotExistException e) {
      return client.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }
  }

  private static String deadLetterName(String name) {
    return name + "-dlq";
  }

  /// How many messages one of the two queues has.
  ///
  /// @throws QueueUnavailableException when SQS does not answer
  QueueDepth depth(String queueUrl) {
    try {
      var said =
          client
              .getQueueAttributes(r ->
                  r.queueUrl(queueUrl)
                      .attributeNames(
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
              .attributes();
      return new QueueDepth(
          number(said, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
          number(said, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    } catch (SdkException e) {
      throw new QueueUnavailableException("cannot count the messages of a queue", e);
    }
  }

  private static int number(Map<QueueAttributeName, String> said, QueueAttributeName name) {
    return Integer.parseInt(said.getOrDefault(name, "0"));
  }

  @Override
  public void close() {
    client.close();
    poller.close();
  }
}
