package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `GET /v1/conversations`: the conversations of the caller, most recently used first.
public final class ListConversationsHandler extends RouteHandler {

  private static final int DEFAULT_LIMIT = 30;
  private static final int MAX_LIMIT = 100;

  /// Made by Lambda, from the environment.
  public ListConversationsHandler() {
    this(IngestMain.shared());
  }

  ListConversationsHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var after = Cursors.conversation(request.query().get("cursor"));
    var page =
        ingest()
            .database()
            .conversations()
            .list(request.owner(), after, request.limit(DEFAULT_LIMIT, MAX_LIMIT));
    return Exchange.answer(
        200,
        new Views.ConversationsView(
            page.items().stream()
                .map(conversation -> Views.conversation(conversation, null))
                .toList(),
            page.next() == null ? null : Cursors.text(page.next())));
  }
}
