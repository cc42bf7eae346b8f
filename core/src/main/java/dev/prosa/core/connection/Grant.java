package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That a user may hold a connection.
///
/// @param owner the user
/// @param until when that ends; null when it does not
/// @param since when it was proved, by the clock of the [TicketOffice]; it ends when the user has
///   logged out after that
public record Grant(OwnerId owner, @Nullable Instant until, Instant since) {}
