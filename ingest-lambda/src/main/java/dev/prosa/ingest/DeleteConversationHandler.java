package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.erase.ErasureOutcome;

/// `DELETE /v1/conversations/{conversationId}`: erases a conversation with all its turns and calls,
/// and stops those that are answered. From its beginning the conversation is as unknown as one that
/// never was.
public final class DeleteConversationHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public DeleteConversationHandler() {
    this(IngestMain.shared());
  }

  DeleteConversationHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var inTime = WorkTime.of(ingest(), request);
    var outcome = ingest().erasure().erase(request.owner(), request.conversation(), inTime::isLeft);
    if (outcome == ErasureOutcome.UNKNOWN) {
      throw MessageRequest.unknownConversation();
    }
    return Exchange.done();
  }
}
