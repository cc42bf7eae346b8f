package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.ConversationId;
import dev.prosa.core.turn.StoreUnavailableException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /v1/health` and `GET /health`: whether messages are accepted, and what answers them. It is
/// for load balancers and monitors, too, so it asks nobody who they are and tells nothing of any
/// user.
public final class GetHealthHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(GetHealthHandler.class);

  /// An id that no conversation has; reading it shows that the table answers.
  private static final ConversationId NONE = new ConversationId("c_" + "0".repeat(26));

  private static final OwnerId NOBODY = new OwnerId("nobody");

  private final Ingest ingest;

  /// Made by Lambda, from the environment.
  public GetHealthHandler() {
    this(IngestMain.shared());
  }

  GetHealthHandler(Ingest ingest) {
    this.ingest = ingest;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return Exchange.serveAnybody(ingest, event, context, this::report);
  }

  private APIGatewayProxyResponseEvent report() {
    var store = answers(() -> ingest.database().conversations().find(NONE));
    var delivery = answers(() -> ingest.presence().connections().isConnected(NOBODY));
    var outlook = outlook();
    var answered = outlook.retryAt(null, ingest.clock().instant()) == null;
    var status = !store ? "unavailable" : delivery && answered ? "ok" : "degraded";
    return Exchange.answer(
        store ? 200 : 503,
        new Views.HealthView(
            status,
            store ? "up" : "down",
            delivery ? "push" : "poll",
            ingest.settings().model(),
            outlook.said().size(),
            outlook.best().stream().map(Views::provider).toList()));
  }

  private Outlook outlook() {
    try {
      return new Outlook(ingest.providers().read());
    } catch (CacheUnavailableException e) {
      LOG.warn("nobody can tell how the providers are: {}", e.getMessage());
      return new Outlook(List.of());
    }
  }

  private static boolean answers(Runnable call) {
    try {
      call.run();
      return true;
    } catch (StoreUnavailableException | CacheUnavailableException e) {
      LOG.warn("not healthy: {}", e.getMessage());
      return false;
    }
  }
}
