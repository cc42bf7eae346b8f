package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `GET /v1/conversations/{conversationId}`: what is known of a conversation, and what it cost.
public final class GetConversationHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public GetConversationHandler() {
    this(IngestMain.shared());
  }

  GetConversationHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var known = Conversations.ofCaller(ingest(), request);
    var totals = new Accounts(ingest().calls()).ofConversation(known.id());
    return Exchange.answer(200, Views.conversation(known, totals));
  }
}
