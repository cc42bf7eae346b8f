package dev.prosa.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

/// Letters are messages with the attributes that [SqsJobQueue#deadLetter] gives them. A message
/// without them was moved here by SQS itself, or by a stranger.
final class SqsDeadLetterQueue implements DeadLetterQueue {

  /// A long poll asks all servers of the queue, a short one only some of them (Amazon SQS Developer
  /// Guide, "Short and long polling").
  private static final int WAIT_SECONDS = 1;

  /// The most entries of a batch (Amazon SQS API, `ChangeMessageVisibilityBatch`).
  private static final int BATCH = 10;

  private final SqsQueues queues;

  SqsDeadLetterQueue(SqsQueues queues) {
    this.queues = queues;
  }

  @Override
  public String name() {
    return queues.deadLetterUrl().substring(queues.deadLetterUrl().lastIndexOf('/') + 1);
  }

  @Override
  public List<ReceivedLetter> receive(int max, Duration hidden) {
    try {
      return queues
          .client()
          .receiveMessage(r ->
              r.queueUrl(queues.deadLetterUrl())
                  .maxNumberOfMessages(max)
                  .waitTimeSeconds(WAIT_SECONDS)
                  .visibilityTimeout((int) hidden.toSeconds())
                  .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP)
                  .messageAttributeNames("All"))
          .messages()
          .stream()
          .map(SqsDeadLetterQueue::received)
          .toList();
    } catch (SdkException e) {
      throw new QueueUnavailableException("cannot receive dead letters", e);
    }
  }

  private static ReceivedLetter received(Message message) {
    var sent = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return new ReceivedLetter(
        message.messageId(),
        message.receiptHandle(),
        Instant.ofEpochMilli(sent == null ? 0 : Long.parseLong(sent)),
        letter(message));
  }

  private static DeadLetter letter(Message message) {
    var code = textOrNull(message, "errorCode");
    return new DeadLetter(
        message.body(),
        code == null ? DeadLetter.codeOfUnexplained(message.body()) : code,
        number(textOrNull(message, "attempts")),
        textOrNull(message, "provider"),
        textOrNull(message, "traceparent"));
  }

  private static @Nullable String textOrNull(Message message, String name) {
    var value = message.messageAttributes().get(name);
    return value == null ? null : value.stringValue();
  }

  /// Whoever wrote the message may have written anything.
  private static int number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  @Override
  public void handBack(Collection<ReceivedLetter> letters) {
    var all = new ArrayList<>(letters);
    try {
      for (int from = 0; from < all.size(); from += BATCH) {
        handBackBatch(all.subList(from, Math.min(all.size(), from + BATCH)));
      }
    } catch (SdkException e) {
      throw new QueueUnavailableException("cannot hand dead letters back", e);
    }
  }

  private void handBackBatch(List<ReceivedLetter> batch) {
    var entries =
        IntStream.range(0, batch.size())
            .mapToObj(i ->
                ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .receiptHandle(batch.get(i).receipt())
                    .visibilityTimeout(0)
                    .build())
            .toList();
    // what fails of it is gone or was delivered again, or becomes visible by itself
    var _ =
        queues
            .client()
            .changeMessageVisibilityBatch(r -> r.queueUrl(queues.deadLetterUrl()).entries(entries));
  }

  @Override
  public void delete(ReceivedLetter letter) {
    try {
      var _ =
          queues
              .client()
              .deleteMessage(
                  r -> r.queueUrl(queues.deadLetterUrl()).receiptHandle(letter.receipt()));
    } catch (ReceiptHandleIsInvalidException deliveryIsOver) {
      return; // it is gone, or somebody else has it now
    } catch (SdkException e) {
      throw new QueueUnavailableException("cannot delete a dead letter", e);
    }
  }

  @Override
  public QueueDepth depth() {
    return queues.depth(queues.deadLetterUrl());
  }
}
