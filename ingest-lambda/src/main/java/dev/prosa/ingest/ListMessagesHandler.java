package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `GET /v1/conversations/{conversationId}/messages`: the newest messages, in the order they were
/// said; the cursor leads to older ones.
public final class ListMessagesHandler extends RouteHandler {

  /// Messages, of which a turn has two.
  private static final int DEFAULT_LIMIT = 50;

  private static final int MAX_LIMIT = 100;

  /// Made by Lambda, from the environment.
  public ListMessagesHandler() {
    this(IngestMain.shared());
  }

  ListMessagesHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var known = Conversations.ofCaller(ingest(), request);
    var cursor = Cursors.turn(request.query().get("cursor"));
    var newest = cursor == null ? known.lastTurn() : cursor;
    var limit = Math.max(1, request.limit(DEFAULT_LIMIT, MAX_LIMIT) / 2);
    var turns = ingest().database().turns().turns(known.id(), newest, limit);
    var oldest = turns.isEmpty() ? 1 : turns.getLast().job().turn();
    return Exchange.answer(
        200,
        new Views.MessagesView(
            turns.reversed().stream().flatMap(Views::messages).toList(),
            oldest > 1 ? Cursors.text(oldest - 1) : null));
  }
}
