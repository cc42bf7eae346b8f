package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.ingest.problem.ProblemCode;

/// `POST /message`: the short form that older clients use.
public final class PostShortMessageHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public PostShortMessageHandler() {
    this(IngestMain.shared());
  }

  PostShortMessageHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var body = Body.of(request);
    var role = body.textOrNull("role");
    if (role != null && !role.equals("user")) {
      throw Request.refuse(ProblemCode.INVALID_FIELD, "role can only be user.", "role");
    }
    var message = MessageRequest.of(body, "content", ingest().settings());
    var accepted = new Acceptance(ingest()).accept(request, body, message);
    return Exchange.answer(202, Views.shortly(accepted.turn()), accepted.headers());
  }
}
