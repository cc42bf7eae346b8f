package dev.prosa.core.turn;

import java.time.Instant;

/// The right to answer one attempt of one turn for a while.
///
/// @param token unique to one claim, so that a claim repeated after a lost answer recognises itself
/// @param until when others may take the turn over, by their own clocks
public record Lease(String token, Instant until) {}
