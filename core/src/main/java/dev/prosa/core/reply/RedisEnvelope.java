package dev.prosa.core.reply;

import dev.prosa.core.identity.OwnerId;

/// A message of a gateway's channel: the owner, a line feed, the frame. An owner has no line feed,
/// and a gateway need not parse the frame to know whom it is for.
final class RedisEnvelope {

  private RedisEnvelope() {}

  static String seal(OwnerId owner, String frame) {
    return owner.value() + "\n" + frame;
  }

  static void open(String message, ReplyChannel.Listener listener) {
    var end = message.indexOf('\n');
    if (end > 0 && OwnerId.isValid(message.substring(0, end))) {
      listener.onFrame(new OwnerId(message.substring(0, end)), message.substring(end + 1));
    }
  }
}
