package dev.prosa.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// One line of a report.
///
/// @param name what was measured
/// @param value with its unit
/// @param limit what it must keep to; empty when there is no limit
/// @param met whether it does
/// @param others the same of what was measured beside it, in the order of the report's columns
record Figure(String name, String value, String limit, boolean met, List<String> others) {

  Figure {
    others = List.copyOf(others);
  }

  Figure(String name, String value, String limit, boolean met) {
    this(name, value, limit, met, List.of());
  }

  /// The same with what was measured beside it.
  Figure beside(List<String> values) {
    return new Figure(name, value, limit, met, values);
  }

  /// A time without a limit.
  static Figure of(String name, Duration time) {
    return new Figure(name, text(time), "", true);
  }

  /// A time that must not be longer than `limit`.
  static Figure of(String name, Duration time, Duration limit) {
    return new Figure(name, text(time), "<= " + text(limit), time.compareTo(limit) <= 0);
  }

  /// A ratio that must not be larger than `limit`.
  static Figure ofRatio(String name, Duration a, Duration b, double limit) {
    var ratio = (double) a.toNanos() / b.toNanos();
    return new Figure(name, decimal("%.2f", ratio), decimal("<= %.1f", limit), ratio <= limit);
  }

  /// A number that must be exactly `limit`.
  static Figure ofCount(String name, long count, long limit) {
    return new Figure(name, Long.toString(count), Long.toString(limit), count == limit);
  }

  /// Something that has no limit.
  static Figure ofText(String name, String value) {
    return new Figure(name, value, "", true);
  }

  private static String text(Duration time) {
    return decimal("%.1f ms", time.toNanos() / 1e6);
  }

  static String decimal(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
