package dev.prosa.core.reply;

import dev.prosa.core.identity.OwnerId;
import java.time.Instant;

/// A message of a gateway's channel: the owner, when it was sent in milliseconds of the epoch, and
/// the frame, each on a line of its own. A gateway need not parse the frame to know whom it is for.
final class RedisEnvelope {

  /// Until the year 33658.
  private static final int MAX_DIGITS = 15;

  private RedisEnvelope() {}

  static String seal(OwnerId owner, Instant sentAt, String frame) {
    return owner.value() + "\n" + sentAt.toEpochMilli() + "\n" + frame;
  }

  /// Hands the frame over; does nothing when the message is not one of ours.
  static void open(String message, ReplyChannel.Listener listener) {
    var first = message.indexOf('\n');
    var second = message.indexOf('\n', first + 1);
    if (first < 0 || second < 0 || !OwnerId.isValid(message.substring(0, first))) {
      return;
    }
    var sentAt = millis(message, first + 1, second);
    if (sentAt >= 0) {
      listener.onFrame(
          new OwnerId(message.substring(0, first)),
          message.substring(second + 1),
          Instant.ofEpochMilli(sentAt));
    }
  }

  /// The number between two places; -1 when there is none.
  private static long millis(String message, int from, int to) {
    if (to == from || to - from > MAX_DIGITS) {
      return -1;
    }
    long millis = 0;
    for (int i = from; i < to; i++) {
      var digit = message.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      millis = millis * 10 + digit;
    }
    return millis;
  }
}
