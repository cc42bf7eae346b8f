package dev.prosa.ingest;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.limit.Limits;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Spendings;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.DeadLetterQueue;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.PokeSender;
import dev.prosa.core.queue.SqsOutbox;
import dev.prosa.core.queue.SqsQueuesOnDemand;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.runtime.StatusPort;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.ingest.http.Route;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Wires the ingest side.
public final class IngestMain {

  /// Somebody waits for the answer, and may send the message again. A try may take all the time
  /// there is: a cold connection is slower than a second try would be quick.
  private static final AwsTarget.Patience TABLE_PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1));

  private static final AwsTarget.Patience QUEUE_PATIENCE =
      new AwsTarget.Patience(Duration.ofSeconds(2), Duration.ofSeconds(2));

  private IngestMain() {}

  /// Every route and its handler.
  public static List<Route> routes(Ingest ingest) {
    return List.of(
        new Route("POST", "/v1/messages", new PostMessageHandler(ingest)),
        new Route("POST", "/message", new PostShortMessageHandler(ingest)),
        new Route("POST", "/chat", new PostShortChatHandler(ingest)),
        new Route("POST", "/v1/chat", new PostChatHandler(ingest)),
        new Route("GET", "/v1/chat/logs", new ListAllChatLogsHandler(ingest)),
        new Route("GET", "/v1/chat/{user_id}/logs", new ListChatLogsHandler(ingest)),
        new Route("POST", "/api/v1/ask", new PostAskHandler(ingest)),
        new Route("GET", "/v1/jobs/{jobId}", new GetJobHandler(ingest)),
        new Route("POST", "/v1/jobs/{jobId}/cancel", new CancelJobHandler(ingest)),
        new Route("GET", "/v1/conversations", new ListConversationsHandler(ingest)),
        new Route("GET", "/v1/conversations/{conversationId}", new GetConversationHandler(ingest)),
        new Route(
            "GET", "/v1/conversations/{conversationId}/messages", new ListMessagesHandler(ingest)),
        new Route(
            "PATCH", "/v1/conversations/{conversationId}", new RenameConversationHandler(ingest)),
        new Route(
            "DELETE", "/v1/conversations/{conversationId}", new DeleteConversationHandler(ingest)),
        new Route(
            "GET",
            "/v1/conversations/{conversationId}/export",
            new ExportConversationHandler(ingest)),
        new Route("GET", "/v1/users/{user_id}/export", new ExportUserHandler(ingest)),
        new Route("DELETE", "/v1/users/{user_id}", new DeleteUserHandler(ingest)),
        new Route("POST", "/v1/tickets", new PostTicketHandler(ingest)),
        new Route("POST", "/v1/logout", new PostLogoutHandler(ingest)),
        new Route("GET", "/v1/health", new GetHealthHandler(ingest)),
        new Route("GET", "/health", new GetHealthHandler(ingest)),
        new Route("GET", "/v1/ops", new GetOpsHandler(ingest)),
        new Route("GET", "/v1/ops/letters", new ListLettersHandler(ingest)),
        new Route("POST", "/v1/ops/letters/redrive", new RedriveLettersHandler(ingest)),
        new Route("GET", "/v1/ops/letters/{letterId}", new GetLetterHandler(ingest)),
        new Route("POST", "/v1/ops/letters/{letterId}/redrive", new RedriveLetterHandler(ingest)),
        new Route("DELETE", "/v1/ops/letters/{letterId}", new DiscardLetterHandler(ingest)));
  }

  /// The route that shows what a process counted, to everybody who reaches it.
  ///
  /// @param text in the text format of Prometheus
  public static Route metrics(Supplier<String> text) {
    return text("/metrics", StatusPort.METRICS_TYPE, text);
  }

  /// A route that shows a text, to everybody who reaches it.
  ///
  /// @param path as in [Route#template]
  /// @param mediaType of the text
  public static Route text(String path, String mediaType, Supplier<String> text) {
    return new Route("GET", path, new GetTextHandler(mediaType, text));
  }

  /// What the handlers of one Lambda instance share. It is made with the first handler, before the
  /// snapshot, and never closed: Lambda ends instances without asking.
  static Ingest shared() {
    return Shared.INGEST;
  }

  private static final class Shared {
    private static final ProviderSettings CONFIGURED = ProviderSettings.namesOfEnvironment();
    private static final InstantSource CLOCK = InstantSource.system();
    private static final RedisPool REDIS =
        RedisPool.open(URI.create(CONFIGURED.settings().text(Setting.REDIS_URL)));

    /// Held, or it would be forgotten.
    @SuppressWarnings("UnusedVariable")
    private static final CracSnapshot SNAPSHOT = new CracSnapshot(REDIS, CLOCK).register();

    private static final Ingest INGEST = open(CONFIGURED, REDIS, CLOCK);
  }

  private static Ingest open(ProviderSettings configured, RedisPool redis, InstantSource clock) {
    requireProof(configured.settings());
    return connect(configured, redis, clock, Lifecycle.create());
  }

  /// Connects the ingest side with its stores, as patiently as it can wait for them. None of them
  /// is called yet.
  ///
  /// @param redis stays the caller's
  /// @param lifecycle closes the connections
  public static Ingest connect(
      ProviderSettings configured, RedisPool redis, InstantSource clock, Lifecycle lifecycle) {
    var settings = configured.settings();
    var region = settings.text(Setting.AWS_REGION);
    var table =
        lifecycle.own(
            "table of the HTTP API",
            DynamoDbTable.open(
                new AwsTarget(region, settings.urlOrNull(Setting.DYNAMODB_ENDPOINT)),
                settings.text(Setting.TABLE),
                TABLE_PATIENCE));
    var outbox =
        lifecycle.own(
            "queue of the HTTP API",
            SqsOutbox.open(
                new AwsTarget(region, settings.urlOrNull(Setting.SQS_ENDPOINT)),
                settings.text(Setting.QUEUE),
                QUEUE_PATIENCE));
    return new Ingest(
        TurnDatabase.dynamoDb(table, clock),
        CallLedger.dynamoDb(table),
        ProviderBoard.redis(redis),
        PokeSender.sqs(outbox),
        new Ingest.Presence(
            ConnectionRegistry.redis(redis, clock),
            TicketOffice.redis(redis),
            ReplyChannel.redis(redis, clock)),
        new Ingest.Limiting(
            Limits.of(configured), Quotas.redis(redis, Spendings.dynamoDb(table), clock)),
        operations(settings, redis, lifecycle),
        TokenVerifier.of(JwtSettings.of(settings), clock),
        IngestSettings.of(configured),
        Clockwork.of(clock));
  }

  /// Few processes meet an operator, so the queues are looked up by the first one.
  private static Ingest.Operations operations(
      Settings settings, RedisPool redis, Lifecycle lifecycle) {
    var queues =
        lifecycle.own(
            "queues of operators",
            SqsQueuesOnDemand.of(
                new AwsTarget(
                    settings.text(Setting.AWS_REGION), settings.urlOrNull(Setting.SQS_ENDPOINT)),
                settings.text(Setting.QUEUE)));
    return new Ingest.Operations(
        () ->
            new Ingest.Operations.Queues(
                JobQueue.sqs(queues.get()), DeadLetterQueue.sqs(queues.get())),
        FiguresBoard.redis(redis),
        Ingest.Operations::inLog);
  }

  /// Everybody can reach a Lambda in AWS, and development mode believes everybody. With a DynamoDB
  /// of its own it runs against an emulator.
  private static void requireProof(Settings settings) {
    if (JwtSettings.isDevelopment(settings) && !settings.isSet(Setting.DYNAMODB_ENDPOINT)) {
      throw new InvalidSettingsException(
          List.of(
              "%s=development is not allowed in AWS, since it believes everybody: use jwt"
                  .formatted(Setting.AUTH.key())));
    }
  }
}
