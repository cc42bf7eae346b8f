package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.queue.DeadLetter;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.runtime.RandomId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsJobQueueTest extends JobQueueContract {

  private final SqsQueues queues = Servers.queues();
  private final JobQueue queue = JobQueue.sqs(queues);

  SqsJobQueueTest() {
    setVisibility(VISIBILITY);
  }

  private void setVisibility(Duration timeout) {
    var attributes =
        Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(timeout.toSeconds()));
    queues.client().setQueueAttributes(r -> r.queueUrl(queues.url()).attributes(attributes));
  }

  @AfterEach
  void closeClients() {
    queues.close();
  }

  @Override
  JobQueue queue() {
    return queue;
  }

  @Override
  void pass(Duration duration) {
    // real time passes by itself
  }

  @Override
  List<DeadLetter> deadLetters() {
    return queues
        .client()
        .receiveMessage(r ->
            r.queueUrl(queues.deadLetterUrl()).maxNumberOfMessages(10).messageAttributeNames("All"))
        .messages()
        .stream()
        .map(m ->
            new DeadLetter(
                m.body(),
                attribute(m, "errorCode"),
                Integer.parseInt(attribute(m, "attempts")),
                m.hasMessageAttributes() && m.messageAttributes().containsKey("provider")
                    ? attribute(m, "provider")
                    : null,
                m.hasMessageAttributes() && m.messageAttributes().containsKey("traceparent")
                    ? attribute(m, "traceparent")
                    : null))
        .toList();
  }

  private static String attribute(Message message, String name) {
    var value = message.messageAttributes().get(name);
    return value == null ? "" : value.stringValue();
  }

  @Test
  void waits_for_a_message() {
    var started = System.nanoTime();

    var received = queue.receive(1, Duration.ofSeconds(1));

    assertThat(received).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void creates_queues_that_hide_a_message_for_a_lease_and_give_up_after_50_receives() {
    var name = "jobs-" + RandomId.create().value();
    SqsQueues.createIfMissing(Servers.sqs(), name);
    SqsQueues.createIfMissing(Servers.sqs(), name);

    try (var created = SqsQueues.open(Servers.sqs(), name)) {
      var attributes =
          created
              .client()
              .getQueueAttributes(
                  r -> r.queueUrl(created.url()).attributeNames(QueueAttributeName.ALL))
              .attributes();
      assertThat(attributes).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
      assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
          .contains(name + "-dlq")
          .contains("50");
    }
  }

  @Test
  void says_which_queue_is_missing() {
    var target = Servers.sqs();

    assertThatThrownBy(() -> SqsQueues.open(target, "nobody-made-it"))
        .isInstanceOf(QueueUnavailableException.class)
        .hasMessageContaining("nobody-made-it");
  }
}
