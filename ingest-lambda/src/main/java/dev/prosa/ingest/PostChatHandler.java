package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `POST /v1/chat`: begins a conversation with a prompt and answers with the reply, or with the job
/// when there is no reply soon.
public final class PostChatHandler extends RouteHandler {

  private final ReplyWait wait;

  /// Made by Lambda, from the environment.
  public PostChatHandler() {
    this(IngestMain.shared());
  }

  PostChatHandler(Ingest ingest) {
    super(ingest);
    this.wait = new ReplyWait(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var body = Body.of(request);
    var user = body.textOrNull("user_id");
    if (user != null) {
      request.requireCaller(user);
    }
    var message = MessageRequest.beginning(body, "prompt", ingest().settings());
    return wait.answer(request, body, message, Views::chat);
  }
}
