package dev.prosa.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Times that were measured. Thread-safe.
final class Samples {

  private final List<Duration> times = Collections.synchronizedList(new ArrayList<>());

  static Samples of(List<Duration> times) {
    var samples = new Samples();
    samples.times.addAll(times);
    return samples;
  }

  void add(Duration time) {
    times.add(time);
  }

  int size() {
    return times.size();
  }

  /// The smallest time that at least `percent` of all times do not exceed (nearest rank).
  ///
  /// @param percent more than 0, at most 100
  /// @throws IllegalStateException when nothing was measured
  Duration percentile(double percent) {
    var sorted = times.stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    return sorted.get((int) Math.ceil(sorted.size() * percent / 100) - 1);
  }

  Duration median() {
    return percentile(50);
  }

  /// The same times, each less `part`.
  Samples less(Duration part) {
    var rest = new Samples();
    times.stream().map(time -> time.minus(part)).forEach(rest::add);
    return rest;
  }
}
