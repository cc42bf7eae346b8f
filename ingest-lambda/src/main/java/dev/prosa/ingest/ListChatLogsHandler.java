package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.stream.Stream;

/// `GET /v1/chat/{user_id}/logs`: what the caller asked and was answered. The conversation used
/// last comes first, and in it the newest question. Questions without an answer are left out, so a
/// page may have fewer than it could, or none, though the cursor leads to more.
public final class ListChatLogsHandler extends RouteHandler {

  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 50;

  /// Made by Lambda, from the environment.
  public ListChatLogsHandler() {
    this(IngestMain.shared());
  }

  ListChatLogsHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    request.requireCaller(request.path().getOrDefault("user_id", ""));
    var from = Cursors.place(request.query().get("cursor"));
    var limit = request.limit(DEFAULT_LIMIT, MAX_LIMIT);
    var page = new OwnerTurns(ingest().database(), request.owner()).page(from, limit);
    return Exchange.answer(
        200,
        new Views.LogsView(
            page.turns().stream()
                .flatMap(turn -> Stream.ofNullable(Answered.of(turn)))
                .filter(answered -> !answered.text().isEmpty())
                .map(Views::chat)
                .toList(),
            page.next() == null ? null : Cursors.text(page.next())));
  }
}
