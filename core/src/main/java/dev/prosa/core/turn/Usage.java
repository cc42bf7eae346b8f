package dev.prosa.core.turn;

/// Tokens that one attempt was billed for, as the provider counted them.
///
/// @param promptTokens tokens sent; 0 or more
/// @param completionTokens tokens received; 0 or more
public record Usage(long promptTokens, long completionTokens) {}
