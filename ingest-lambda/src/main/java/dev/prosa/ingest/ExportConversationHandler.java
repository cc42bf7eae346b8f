package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.turn.Turn;
import java.util.ArrayList;

/// `GET /v1/conversations/{conversationId}/export`: everything that is stored of a conversation,
/// the newest turn first. What is said while somebody exports it page by page is in the next
/// export.
public final class ExportConversationHandler extends RouteHandler {

  static final int DEFAULT_LIMIT = 20;

  /// The calls of each turn are read one by one.
  static final int MAX_LIMIT = 50;

  /// Made by Lambda, from the environment.
  public ExportConversationHandler() {
    this(IngestMain.shared());
  }

  ExportConversationHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var known = Conversations.ofCaller(ingest(), request);
    var cursor = Cursors.turn(request.query().get("cursor"));
    var size = new PageSize(request.limit(DEFAULT_LIMIT, MAX_LIMIT), PageSize.MAX_BYTES);
    var turns = new ArrayList<Turn>();
    var newest = cursor == null ? known.lastTurn() : cursor;
    var store = ingest().database().turns();
    var next = ConversationTurns.append(turns, store, known.id(), newest, size);
    return Exchange.answer(
        200,
        new ExportViews.ConversationExport(
            ExportViews.FORMAT,
            Views.conversation(known, null),
            ingest().exported(turns),
            next > 0 ? Cursors.text(next) : null));
  }
}
