package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Kind;

/// Something that the plan promises to do: a run in which it did not happen proves less than it
/// says.
///
/// @param what for people
/// @param kind of the entries that show it
/// @param field of them
/// @param value of the field; empty for any
/// @param times at least
public record Expectation(String what, Kind kind, String field, String value, int times) {}
