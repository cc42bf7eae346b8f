package dev.prosa.ingest;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.JwtSettings;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.JobQueue;
import dev.prosa.core.queue.SqsQueues;
import dev.prosa.core.reply.ReplyChannel;
import dev.prosa.core.runtime.AwsTarget;
import dev.prosa.core.runtime.Clockwork;
import dev.prosa.core.runtime.InvalidSettingsException;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.Setting;
import dev.prosa.core.runtime.Settings;
import dev.prosa.core.runtime.StatusPort;
import dev.prosa.core.turn.DynamoDbTable;
import dev.prosa.core.turn.TurnDatabase;
import dev.prosa.core.usage.CallLedger;
import dev.prosa.ingest.http.Route;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Wires the ingest side.
public final class IngestMain {

  private IngestMain() {}

  /// Every route and its handler.
  public static List<Route> routes(Ingest ingest) {
    return List.of(
        new Route("POST", "/v1/messages", new PostMessageHandler(ingest)),
        new Route("POST", "/message", new PostShortMessageHandler(ingest)),
        new Route("POST", "/chat", new PostShortChatHandler(ingest)),
        new Route("POST", "/v1/chat", new PostChatHandler(ingest)),
        new Route("GET", "/v1/chat/{user_id}/logs", new ListChatLogsHandler(ingest)),
        new Route("POST", "/api/v1/ask", new PostAskHandler(ingest)),
        new Route("GET", "/v1/jobs/{jobId}", new GetJobHandler(ingest)),
        new Route("POST", "/v1/jobs/{jobId}/cancel", new CancelJobHandler(ingest)),
        new Route("GET", "/v1/conversations", new ListConversationsHandler(ingest)),
        new Route("GET", "/v1/conversations/{conversationId}", new GetConversationHandler(ingest)),
        new Route(
            "GET", "/v1/conversations/{conversationId}/messages", new ListMessagesHandler(ingest)),
        new Route("POST", "/v1/tickets", new PostTicketHandler(ingest)),
        new Route("POST", "/v1/logout", new PostLogoutHandler(ingest)),
        new Route("GET", "/v1/health", new GetHealthHandler(ingest)));
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

  /// What the handlers of one Lambda instance share. It is opened by the first request and never
  /// closed: Lambda ends instances without asking.
  static Ingest shared() {
    return Shared.INGEST;
  }

  private static final class Shared {
    private static final Ingest INGEST = open(ProviderSettings.namesOfEnvironment());
  }

  private static Ingest open(ProviderSettings configured) {
    var settings = configured.settings();
    requireProof(settings);
    var clock = InstantSource.system();
    var region = settings.text(Setting.AWS_REGION);
    var table =
        DynamoDbTable.open(
            new AwsTarget(region, settings.urlOrNull(Setting.DYNAMODB_ENDPOINT)),
            settings.text(Setting.TABLE));
    var queues =
        SqsQueues.open(
            new AwsTarget(region, settings.urlOrNull(Setting.SQS_ENDPOINT)),
            settings.text(Setting.QUEUE));
    var redis = RedisPool.open(URI.create(settings.text(Setting.REDIS_URL)));
    return new Ingest(
        TurnDatabase.dynamoDb(table, clock),
        CallLedger.dynamoDb(table),
        ProviderBoard.redis(redis),
        JobQueue.sqs(queues),
        new Ingest.Presence(
            ConnectionRegistry.redis(redis, clock),
            TicketOffice.redis(redis),
            ReplyChannel.redis(redis, clock)),
        TokenVerifier.of(JwtSettings.of(settings), clock),
        IngestSettings.of(configured),
        Clockwork.of(clock));
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
