package dev.prosa.local.embedded;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// A queue `jobs` with a dead-letter queue behind it, as Prosa has.
final class Queues implements AutoCloseable {

  private final SqsClient sqs;
  private final String jobs;
  private final String deadLetters;

  private Queues(SqsClient sqs) {
    this.sqs = sqs;
    this.deadLetters = sqs.createQueue(q -> q.queueName("jobs-dlq")).queueUrl();
    var policy =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"2\"}".formatted(arn(deadLetters));
    this.jobs =
        sqs.createQueue(q ->
                q.queueName("jobs").attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
            .queueUrl();
  }

  static Queues create(URI endpoint) {
    return new Queues(Clients.sqs(endpoint));
  }

  private String arn(String url) {
    return sqs.getQueueAttributes(q -> q.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
  }

  void send(String body) {
    sqs.sendMessage(m -> m.queueUrl(jobs).messageBody(body).messageGroupId("owner-1"));
  }

  List<String> receive() {
    return bodies(jobs);
  }

  List<String> receiveDeadLetters() {
    return bodies(deadLetters);
  }

  private List<String> bodies(String url) {
    return sqs
        .receiveMessage(r -> r.queueUrl(url).visibilityTimeout(0).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  @Override
  public void close() {
    sqs.close();
  }
}
