package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `POST /api/v1/ask`: begins a conversation with a question and answers with the reply, or with
/// the job when there is no reply soon.
public final class PostAskHandler extends RouteHandler {

  private final ReplyWait wait;

  /// Made by Lambda, from the environment.
  public PostAskHandler() {
    this(IngestMain.shared());
  }

  PostAskHandler(Ingest ingest) {
    super(ingest);
    this.wait = new ReplyWait(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var body = Body.of(request);
    var message = MessageRequest.beginning(body, "question", ingest().settings());
    return wait.answer(request, body, message, Views::ask);
  }
}
