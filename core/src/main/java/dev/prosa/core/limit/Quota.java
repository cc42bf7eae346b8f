package dev.prosa.core.limit;

/// A limit and whom it counts for.
///
/// @param scope whom
/// @param limit how much; not [Limit#NONE]
public record Quota(Scope scope, Limit limit) {}
