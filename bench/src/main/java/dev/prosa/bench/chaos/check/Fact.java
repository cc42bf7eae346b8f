package dev.prosa.bench.chaos.check;

/// A figure of a run.
///
/// @param limit what it must keep to; empty when there is no limit
/// @param met whether it does
public record Fact(String name, String value, String limit, boolean met) {

  static Fact of(String name, String value) {
    return new Fact(name, value, "", true);
  }
}
