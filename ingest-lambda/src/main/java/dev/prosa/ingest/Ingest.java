package dev.prosa.ingest;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.erase.Erasure;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.PokeSender;
import dev.prosa.core.redrive.AuditLog;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.turn.Turn;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.usage.CallLedger;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the handlers work with.
///
/// @param database the truth
/// @param calls what was asked of models
/// @param providers how those fare who are asked for replies
/// @param queue where pokes go
/// @param presence who is connected
/// @param limiting how much may be asked for
/// @param operations what operators see and do
/// @param verifier who is asking
/// @param settings what was configured
/// @param clock the time, and the waiting for it
public record Ingest(
    TurnDatabase database,
    CallLedger calls,
    ProviderBoard providers,
    PokeSender queue,
    Presence presence,
    Limiting limiting,
    Operations operations,
    TokenVerifier verifier,
    IngestSettings settings,
    Clockwork clock) {

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  /// The same, noting elsewhere what operators do.
  ///
  /// @param audit as in [Operations]
  public Ingest with(Function<OwnerId, AuditLog> audit) {
    return new Ingest(
        database,
        calls,
        providers,
        queue,
        presence,
        limiting,
        new Operations(operations.queues(), operations.figures(), audit),
        verifier,
        settings,
        clock);
  }

  /// What operators see and do.
  ///
  /// @param queues both of them; throws [dev.prosa.core.queue.QueueUnavailableException] when they
  ///   are not to be had
  /// @param figures what workers did
  /// @param audit gives an operator the log of what they do; throws when nothing could be noted
  public record Operations(
      Supplier<Queues> queues, FiguresBoard figures, Function<OwnerId, AuditLog> audit) {

    /// Both queues.
    ///
    /// @param jobs the pokes
    /// @param letters the dead letters
    public record Queues(JobQueue jobs, DeadLetterQueue letters) {}

    /// The log of an operator among the lines of this process.
    public static AuditLog inLog(OwnerId who) {
      return entry ->
          LOG.atInfo()
              .addKeyValue("by", who)
              .addKeyValue("action", entry.action())
              .addKeyValue("id", entry.id())
              .addKeyValue("outcome", entry.outcome())
              .log("audit: {} of {} by {}: {}", entry.action(), entry.id(), who, entry.outcome());
    }
  }

  /// What keeps one from taking what others need.
  ///
  /// @param limits how much may be taken
  /// @param quotas what was taken
  public record Limiting(Limits limits, Quotas quotas) {}

  /// Erases for users.
  Erasure erasure() {
    return new Erasure(database.erasures(), calls, limiting.quotas(), presence.channel());
  }

  /// The turns with their calls. Nothing is left out of an export, so it needs the ledger.
  List<ExportViews.TurnExport> exported(List<Turn> turns) {
    return turns.stream().map(turn -> ExportViews.turn(turn, calls.ofJob(turn.job()))).toList();
  }

  /// The ways to the browsers.
  ///
  /// @param connections who is connected
  /// @param tickets lets browsers connect
  /// @param channel tells them
  public record Presence(
      ConnectionRegistry connections, TicketOffice tickets, ReplyChannel channel) {}
}
