package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `POST /chat`: the short form whose text is called `message`.
public final class PostShortChatHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public PostShortChatHandler() {
    this(IngestMain.shared());
  }

  PostShortChatHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var body = Body.of(request);
    var message = MessageRequest.of(body, "message", ingest().settings());
    var accepted = new Acceptance(ingest()).accept(request, body, message);
    return Exchange.answer(202, Views.shortly(accepted.turn()), accepted.headers());
  }
}
