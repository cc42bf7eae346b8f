package dev.prosa.core.queue;

import dev.prosa.core.identity.OwnerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

/// A standard queue: ordering is the table's work, so the queue may be fast and simple.
final class SqsJobQueue implements JobQueue {

  private final SqsQueues queues;

  SqsJobQueue(SqsQueues queues) {
    this.queues = queues;
  }

  @Override
  public void send(Poke poke, OwnerId owner) {
    SqsPokeSender.send(queues.client(), queues.url(), poke, owner);
  }

  @Override
  public List<ReceivedPoke> receive(int max, Duration wait) {
    var answer =
        call(
            "receive",
            () ->
                queues
                    .poller()
                    .receiveMessage(r ->
                        r.queueUrl(queues.url())
                            .maxNumberOfMessages(max)
                            .waitTimeSeconds((int) wait.toSeconds())
                            .messageSystemAttributeNames(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)));
    return answer.messages().stream().map(SqsJobQueue::received).toList();
  }

  private static ReceivedPoke received(Message message) {
    var count =
        message
            .attributes()
            .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
    return new ReceivedPoke(message.body(), message.receiptHandle(), Integer.parseInt(count));
  }

  @Override
  public void delete(ReceivedPoke message) {
    onDelivery(
        "delete a poke",
        () ->
            queues
                .client()
                .deleteMessage(r -> r.queueUrl(queues.url()).receiptHandle(message.receipt())));
  }

  @Override
  public void changeVisibility(ReceivedPoke message, Duration visibleAfter) {
    onDelivery(
        "change the visibility of a poke",
        () ->
            queues
                .client()
                .changeMessageVisibility(r ->
                    r.queueUrl(queues.url())
                        .receiptHandle(message.receipt())
                        .visibilityTimeout((int) visibleAfter.plusMillis(999).toSeconds())));
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    var attributes = new HashMap<String, MessageAttributeValue>();
    attributes.put("errorCode", attribute(letter.errorCode()));
    attributes.put("attempts", attribute(Integer.toString(letter.attempts())));
    putIfKnown(attributes, "provider", letter.provider());
    putIfKnown(attributes, "traceparent", letter.traceparent());
    call(
        "send a dead letter",
        () ->
            queues
                .client()
                .sendMessage(r ->
                    r.queueUrl(queues.deadLetterUrl())
                        .messageBody(letter.body())
                        .messageAttributes(attributes)));
  }

  @Override
  public QueueDepth depth() {
    return queues.depth(queues.url());
  }

  private static void putIfKnown(
      Map<String, MessageAttributeValue> attributes, String name, @Nullable String value) {
    if (value != null) {
      attributes.put(name, attribute(value));
    }
  }

  private static MessageAttributeValue attribute(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  /// A delivery that is over cannot be changed any more, which is fine: another one has begun.
  private static void onDelivery(String what, Runnable call) {
    try {
      call.run();
    } catch (ReceiptHandleIsInvalidException | MessageNotInflightException deliveryIsOver) {
      return;
    } catch (SdkException e) {
      throw new QueueUnavailableException("cannot " + what, e);
    }
  }

  private static <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new QueueUnavailableException("cannot " + what, e);
    }
  }
}
