package dev.prosa.local.contract;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.reply.ReplyChannel;

class InMemoryReplyChannelTest extends ReplyChannelContract {

  private final ReplyChannel channel = ReplyChannel.inMemory();

  @Override
  ReplyChannel channel() {
    return channel;
  }

  @Override
  GatewayId connected(OwnerId by) {
    return GatewayId.create();
  }
}
