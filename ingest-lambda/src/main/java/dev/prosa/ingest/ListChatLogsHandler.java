package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `GET /v1/chat/{user_id}/logs`: what the caller asked and was answered, or another user of the
/// same tenant when the caller is an admin. The conversation used last comes first, and in it the
/// newest question. Questions without an answer are left out, so a page may have fewer than it
/// could, or none, though the cursor leads to more.
public final class ListChatLogsHandler extends RouteHandler {

  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 50;

  /// A page ends behind this many bytes of text.
  static final int MAX_BYTES = 1_000_000;

  /// Made by Lambda, from the environment.
  public ListChatLogsHandler() {
    this(IngestMain.shared());
  }

  ListChatLogsHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var user = request.user(request.path().getOrDefault("user_id", ""));
    var from = Cursors.place(request.query().get("cursor"));
    var size = new PageSize(request.limit(DEFAULT_LIMIT, MAX_LIMIT), MAX_BYTES);
    var page = new OwnerTurns(ingest().database(), user).page(from, size);
    var next = page.next();
    return Exchange.answer(200, Views.logs(page.turns(), next == null ? null : Cursors.text(next)));
  }
}
