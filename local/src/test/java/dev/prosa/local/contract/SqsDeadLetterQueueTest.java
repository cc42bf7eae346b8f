package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.SqsQueues;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class SqsDeadLetterQueueTest extends DeadLetterQueueContract {

  private final SqsQueues queues = Servers.queues();
  private final DeadLetterQueue letters = DeadLetterQueue.sqs(queues);

  @AfterEach
  void closeClients() {
    queues.close();
  }

  @Override
  JobQueue jobs() {
    return JobQueue.sqs(queues);
  }

  @Override
  DeadLetterQueue letters() {
    return letters;
  }

  @Override
  void moved(String body) {
    queues.client().sendMessage(r -> r.queueUrl(queues.deadLetterUrl()).messageBody(body));
  }

  @Test
  void has_the_name_of_the_queue() {
    assertThat(letters.name()).startsWith("jobs-").endsWith("-dlq");
  }

  @Test
  void takes_a_stranger_s_attributes_for_what_they_are() {
    var nonsense =
        MessageAttributeValue.builder().dataType("String").stringValue("-1e9 attempts").build();
    var attributes = Map.of("attempts", nonsense, "errorCode", nonsense);
    queues
        .client()
        .sendMessage(
            r -> r.queueUrl(queues.deadLetterUrl()).messageBody("x").messageAttributes(attributes));

    var letter = letters.receive(1, Duration.ofMinutes(1)).getFirst().letter();

    assertThat(letter.attempts()).isZero();
    assertThat(letter.errorCode()).startsWith("-1e9");
  }
}
