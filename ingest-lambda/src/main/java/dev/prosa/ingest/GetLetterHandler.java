package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.redrive.LetterGroup;
import dev.prosa.ingest.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/// `GET /v1/ops/letters/{letterId}`: one dead letter, for operators; the user's words only with
/// `prompt=true`, which is noted in the audit log.
public final class GetLetterHandler extends OperatorHandler {

  /// Made by Lambda, from the environment.
  public GetLetterHandler() {
    this(IngestMain.shared());
  }

  GetLetterHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent operate(Request request) {
    var desk = desk(request);
    var withPrompt = withPrompt(request);
    var now = ingest().clock().instant();
    var view =
        desk.on(
            request.letter(),
            () -> {},
            (_, group) -> {
              var prompt = withPrompt ? words(desk, group) : null;
              return LetterViews.letter(group, desk.turn(group), now, prompt);
            });
    return Exchange.answer(200, view);
  }

  private static boolean withPrompt(Request request) {
    return switch (request.query().getOrDefault("prompt", "false")) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw Request.refuse(ProblemCode.INVALID_FIELD, "prompt is true or false.", "prompt");
    };
  }

  /// What the user wrote; of a message that is no poke, its body. It is noted before it is shown.
  private static @Nullable String words(LetterDesk desk, LetterGroup group) {
    desk.redrive().shown(group);
    var turn = desk.turn(group);
    if (group.job() == null) {
      return group.newest().body();
    }
    return turn == null ? null : turn.prompt();
  }
}
