package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;

/// One WebSocket of one user.
///
/// @param id names it
/// @param owner the user who opened it
public record Connection(ConnectionId id, OwnerId owner) {}
