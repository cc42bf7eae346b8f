package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `GET /v1/ops/letters`: what lies in the dead-letter queue, for operators. SQS has no pages: a
/// queue with more letters than the limit shows some of them.
public final class ListLettersHandler extends OperatorHandler {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  /// Made by Lambda, from the environment.
  public ListLettersHandler() {
    this(IngestMain.shared());
  }

  ListLettersHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent operate(Request request) {
    var desk = desk(request);
    var now = ingest().clock().instant();
    try (var letters = desk.take(request.limit(DEFAULT_LIMIT, MAX_LIMIT))) {
      var shown =
          letters.groups().stream()
              .map(group -> LetterViews.letter(group, desk.turn(group), now, null))
              .toList();
      return Exchange.answer(
          200, new LetterViews.LettersView(desk.queue().name(), shown, letters.more()));
    }
  }
}
