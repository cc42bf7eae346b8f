package dev.prosa.ingest;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.usage.CallLedger;

/// What the handlers work with.
///
/// @param database the truth
/// @param calls what was asked of models
/// @param providers how those fare who are asked for replies
/// @param queue where pokes go
/// @param presence who is connected
/// @param verifier who is asking
/// @param settings what was configured
/// @param clock the time, and the waiting for it
public record Ingest(
    TurnDatabase database,
    CallLedger calls,
    ProviderBoard providers,
    JobQueue queue,
    Presence presence,
    TokenVerifier verifier,
    IngestSettings settings,
    Clockwork clock) {

  /// The ways to the browsers.
  ///
  /// @param connections who is connected
  /// @param tickets lets browsers connect
  /// @param channel tells them
  public record Presence(
      ConnectionRegistry connections, TicketOffice tickets, ReplyChannel channel) {}
}
