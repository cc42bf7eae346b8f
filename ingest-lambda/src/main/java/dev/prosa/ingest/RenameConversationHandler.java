package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.ingest.problem.ProblemCode;

/// `PATCH /v1/conversations/{conversationId}`: gives a conversation another title, which no later
/// message changes.
public final class RenameConversationHandler extends RouteHandler {

  private static final int MAX_TITLE = 120;

  /// Made by Lambda, from the environment.
  public RenameConversationHandler() {
    this(IngestMain.shared());
  }

  RenameConversationHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var id = request.conversation();
    var title = title(Body.of(request));
    var renamed = ingest().database().conversations().rename(request.owner(), id, title);
    if (renamed == null) {
      throw MessageRequest.unknownConversation();
    }
    return Exchange.answer(200, Views.conversation(renamed, null));
  }

  private static String title(Body body) {
    var text = body.textOrNull("title");
    if (text == null) {
      throw Request.refuse(ProblemCode.MISSING_FIELD, "title is missing.", "title");
    }
    var title = text.strip();
    if (title.isEmpty()
        || title.codePointCount(0, title.length()) > MAX_TITLE
        || !title.codePoints().allMatch(RenameConversationHandler::isAllowed)) {
      throw Request.refuse(
          ProblemCode.INVALID_FIELD,
          "title has 1 to " + MAX_TITLE + " characters, and no control characters among them.",
          "title");
    }
    return title;
  }

  private static boolean isAllowed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
