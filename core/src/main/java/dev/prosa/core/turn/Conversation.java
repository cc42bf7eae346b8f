package dev.prosa.core.turn;

import dev.prosa.core.identity.OwnerId;
import java.time.Instant;

/// What is known of a conversation without its turns.
///
/// @param id names it
/// @param owner the user it belongs to
/// @param title the beginning of its first message, or what its owner called it; never empty
/// @param lastTurn the number of its newest turn; at least 1
/// @param createdAt when its first turn was accepted
/// @param updatedAt when its newest turn was accepted
public record Conversation(
    ConversationId id,
    OwnerId owner,
    String title,
    int lastTurn,
    Instant createdAt,
    Instant updatedAt) {}
