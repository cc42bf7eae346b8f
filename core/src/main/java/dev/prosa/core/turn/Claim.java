package dev.prosa.core.turn;

import java.time.Duration;

/// What a worker asks for when it takes a turn.
///
/// @param token becomes the [Lease#token()]; a new one for every claim
/// @param lease how long the lease lasts unless it is renewed; more than zero
/// @param maxAttempts how many attempts a turn has in all; at least 1
public record Claim(String token, Duration lease, int maxAttempts) {}
