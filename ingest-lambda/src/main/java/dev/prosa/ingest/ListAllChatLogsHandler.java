package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.identity.Role;
import dev.prosa.ingest.problem.ProblemCode;

/// `GET /v1/chat/logs`: what all users of the caller's tenant asked and were answered; for admins.
/// The order means nothing. A page may have fewer entries than it could, or none, though the cursor
/// leads to more. All pages together read the whole table.
public final class ListAllChatLogsHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public ListAllChatLogsHandler() {
    this(IngestMain.shared());
  }

  ListAllChatLogsHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var caller = request.caller();
    if (!caller.is(Role.ADMIN)) {
      throw Request.refuse(ProblemCode.FORBIDDEN, "Ask for it as an admin.", null);
    }
    var from = Cursors.scanned(request.query().get("cursor"));
    var limit = request.limit(ListChatLogsHandler.DEFAULT_LIMIT, ListChatLogsHandler.MAX_LIMIT);
    var page = ingest().database().conversations().scan(caller.tenantPrefix(), from, limit);
    var next = page.next();
    return Exchange.answer(200, Views.logs(page.turns(), next == null ? null : Cursors.text(next)));
  }
}
