package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `POST /v1/ops/letters/{letterId}/redrive`: has a job tried again, with all its attempts, for
/// operators.
public final class RedriveLetterHandler extends OperatorHandler {

  /// Made by Lambda, from the environment.
  public RedriveLetterHandler() {
    this(IngestMain.shared());
  }

  RedriveLetterHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent operate(Request request) {
    var desk = desk(request);
    var redrive = desk.redrive();
    var id = request.letter();
    var view =
        desk.on(
            id,
            () -> redrive.notFound("redrive", id),
            (letters, group) -> LetterViews.redriven(group, redrive.redrive(letters, group)));
    return Exchange.answer(200, view);
  }
}
