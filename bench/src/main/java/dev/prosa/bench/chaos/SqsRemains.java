package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.SqsQueues;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The queues as the harness sees and fills them.
record SqsRemains(SqsQueues queues) {

  private static final int MOST = 10;

  /// How many messages wait in the job queue. Hidden ones do not count: a needless poke that was
  /// handed back for the rest of a lease is hidden for up to 30 s, and nobody misses it.
  int waiting() {
    var attributes =
        queues
            .client()
            .getQueueAttributes(r ->
                r.queueUrl(queues.url())
                    .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes();
    return attributes.values().stream().mapToInt(Integer::parseInt).sum();
  }

  /// Puts anything into the job queue.
  void send(String body, String owner) {
    var _ =
        queues
            .client()
            .sendMessage(r -> r.queueUrl(queues.url()).messageBody(body).messageGroupId(owner));
  }

  /// Takes every dead letter out and puts it into the journal.
  void note(Journal journal) {
    var left = waiting();
    if (left > 0) {
      journal.note(Kind.LEFT, e -> e.put("messages", left));
    }
    while (true) {
      var letters =
          queues
              .client()
              .receiveMessage(r ->
                  r.queueUrl(queues.deadLetterUrl())
                      .maxNumberOfMessages(MOST)
                      .messageAttributeNames("All"))
              .messages();
      if (letters.isEmpty()) {
        return;
      }
      letters.forEach(letter -> note(letter, journal));
    }
  }

  private void note(Message letter, Journal journal) {
    var poke = Poke.parse(letter.body());
    var code = letter.messageAttributes().get("errorCode");
    journal.note(
        Kind.LETTER,
        e ->
            e.put("job", poke == null ? "" : poke.job().value())
                .put("code", code == null ? "" : code.stringValue()));
    var _ =
        queues
            .client()
            .deleteMessage(
                r -> r.queueUrl(queues.deadLetterUrl()).receiptHandle(letter.receiptHandle()));
  }
}
