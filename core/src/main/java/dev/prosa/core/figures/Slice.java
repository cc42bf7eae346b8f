package dev.prosa.core.figures;

import java.time.Duration;
import java.time.Instant;

/// What was seen in a short piece of time.
///
/// @param number which piece, counted from the epoch in steps of [#LENGTH]
/// @param queueWait from the acceptance of a turn, or its redrive, until a model was asked first
/// @param firstToken from the call of a model until its first text
/// @param reply from the acceptance of a turn, or its redrive, until its reply was whole
/// @param tally what was done
public record Slice(
    long number, Histogram queueWait, Histogram firstToken, Histogram reply, Tally tally) {

  /// How long a slice is.
  public static final Duration LENGTH = Duration.ofSeconds(10);

  /// The slice of this number, of which nothing was seen yet.
  public static Slice empty(long number) {
    return new Slice(number, Histogram.NONE, Histogram.NONE, Histogram.NONE, Tally.NONE);
  }

  /// The number of the slice that an instant is in.
  public static long numberAt(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), LENGTH.toMillis());
  }

  /// What two saw, under the number of this one.
  public Slice plus(Slice other) {
    return new Slice(
        number,
        queueWait.plus(other.queueWait),
        firstToken.plus(other.firstToken),
        reply.plus(other.reply),
        tally.plus(other.tally));
  }

  /// With one more wait in the queue.
  public Slice waited(Duration time) {
    return new Slice(number, queueWait.plus(time), firstToken, reply, tally);
  }

  /// With one more first token.
  public Slice spoke(Duration time) {
    return new Slice(number, queueWait, firstToken.plus(time), reply, tally);
  }

  /// With one more whole reply.
  public Slice replied(Duration time) {
    return new Slice(number, queueWait, firstToken, reply.plus(time), tally);
  }

  /// With more done.
  public Slice did(Tally more) {
    return new Slice(number, queueWait, firstToken, reply, tally.plus(more));
  }
}
