package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.figures.FleetFigures;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.turn.StoreUnavailableException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `GET /v1/ops`: how Prosa fares, for operators. It answers whatever is away: that part is missing
/// then, and named.
public final class GetOpsHandler extends OperatorHandler {

  private static final Logger LOG = LoggerFactory.getLogger(GetOpsHandler.class);

  /// Made by Lambda, from the environment.
  public GetOpsHandler() {
    this(IngestMain.shared());
  }

  GetOpsHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent operate(Request request) {
    var away = new ArrayList<String>();
    var now = ingest().clock().instant();
    var operations = ingest().operations();
    return Exchange.answer(
        200,
        new OpsViews.OpsView(
            now.truncatedTo(ChronoUnit.MILLIS).toString(),
            part("queue", away, () -> OpsViews.queue(operations.queues().get())),
            part(
                "table",
                away,
                () ->
                    OpsViews.jobs(
                        ingest().database().open().glance(),
                        ingest().settings().timeToAnswer(),
                        now)),
            part("redis", away, () -> OpsViews.providers(ingest().providers().read())),
            part(
                "redis",
                away,
                () -> OpsViews.fleet(FleetFigures.of(operations.figures().read(), now))),
            away.stream().distinct().toList()));
  }

  private static <T> @Nullable T part(String what, List<String> away, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (QueueUnavailableException | StoreUnavailableException | CacheUnavailableException e) {
      LOG.warn("answering an operator without the {}: {}", what, e.getMessage());
      away.add(what);
      return null;
    }
  }
}
