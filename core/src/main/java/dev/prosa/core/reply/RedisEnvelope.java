package dev.prosa.core.reply;

import dev.prosa.core.identity.OwnerId;
import java.time.Instant;

/// A message of a gateway's channel: the owner, when it was sent in milliseconds of the epoch, and
/// the frame, each on a line of its own. A gateway need not parse the frame to know whom it is for.
final class RedisEnvelope {

  private RedisEnvelope() {}

  static String seal(OwnerId owner, Instant sentAt, String frame) {
    return owner.value() + "\n" + sentAt.toEpochMilli() + "\n" + frame;
  }

  /// Hands the frame over; does nothing when the message is not one of ours.
  static void open(String message, ReplyChannel.Listener listener) {
    var parts = message.split("\n", 3);
    if (parts.length == 3 && OwnerId.isValid(parts[0]) && parts[1].matches("\\d{1,15}")) {
      var sentAt = Instant.ofEpochMilli(Long.parseLong(parts[1]));
      listener.onFrame(new OwnerId(parts[0]), parts[2], sentAt);
    }
  }
}
