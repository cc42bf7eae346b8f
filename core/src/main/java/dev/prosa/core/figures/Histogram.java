package dev.prosa.core.figures;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How long something took, counted in buckets that are the same everywhere, so that those of
/// several workers can be added up.
///
/// Each bucket ends at 2^(1/4) times the end of the one before, as schema 2 of the native
/// histograms of Prometheus has it. A quantile is told as the middle of its bucket, so it is at
/// most 9 % off.
///
/// @param counts how many fell into a bucket; buckets without any are missing. Bucket 0 ends at 1
///   ms, the last one takes all that is longer
public record Histogram(Map<Integer, Long> counts) {

  /// Nothing was counted.
  public static final Histogram NONE = new Histogram(Map.of());

  private static final int PER_DOUBLING = 4;

  /// It begins at 18 min, longer than a turn may stay open by default.
  private static final int LAST = 20 * PER_DOUBLING + 1;

  public Histogram {
    counts = Map.copyOf(counts);
  }

  /// The bucket of a time; less than nothing counts as nothing.
  static int bucket(Duration time) {
    var millis = time.toNanos() / 1e6;
    var bucket = Math.ceil(PER_DOUBLING * Math.log(Math.max(1, millis)) / Math.log(2));
    return (int) Math.min(LAST, bucket);
  }

  /// These and one more.
  public Histogram plus(Duration time) {
    return plus(new Histogram(Map.of(bucket(time), 1L)));
  }

  /// These and those.
  public Histogram plus(Histogram others) {
    var sum = new TreeMap<>(counts);
    others.counts.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
    return new Histogram(sum);
  }

  /// How many were counted.
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The time that this part of all did not exceed; null when nothing was counted.
  ///
  /// @param part more than 0, at most 1
  public @Nullable Duration quantile(double part) {
    var left = (long) Math.ceil(part * count());
    for (var bucket : new TreeMap<>(counts).entrySet()) {
      left -= bucket.getValue();
      if (left <= 0) {
        return middle(bucket.getKey());
      }
    }
    return null;
  }

  /// The geometric one, which is as far from either end.
  private static Duration middle(int bucket) {
    return Duration.ofNanos((long) (1e6 * Math.pow(2, (bucket - 0.5) / PER_DOUBLING)));
  }
}
