package dev.prosa.core.queue;

import dev.prosa.core.identity.OwnerId;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Sends pokes to a standard queue.
final class SqsPokeSender implements PokeSender {

  private final SqsOutbox outbox;

  SqsPokeSender(SqsOutbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public void send(Poke poke, OwnerId owner) {
    send(outbox.client(), outbox.url(), poke, owner);
  }

  static void send(SqsClient client, String url, Poke poke, OwnerId owner) {
    try {
      client.sendMessage(
          r -> r.queueUrl(url).messageBody(poke.toBody()).messageGroupId(owner.value()));
    } catch (SdkException e) {
      throw new QueueUnavailableException("cannot send the poke of " + poke.job(), e);
    }
  }
}
