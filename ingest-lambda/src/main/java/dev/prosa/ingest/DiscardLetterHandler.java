package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `DELETE /v1/ops/letters/{letterId}`: removes a dead letter and leaves its job failed, for
/// operators.
public final class DiscardLetterHandler extends OperatorHandler {

  /// Made by Lambda, from the environment.
  public DiscardLetterHandler() {
    this(IngestMain.shared());
  }

  DiscardLetterHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent operate(Request request) {
    var desk = desk(request);
    var redrive = desk.redrive();
    var id = request.letter();
    return desk.on(
        id,
        () -> redrive.notFound("discard", id),
        (letters, group) -> {
          redrive.discard(letters, group);
          return Exchange.done();
        });
  }
}
