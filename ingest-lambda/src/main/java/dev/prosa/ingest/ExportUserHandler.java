package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `GET /v1/users/{user_id}/export`: everything that is stored of what a user asked and was
/// answered, conversation by conversation. `me` is the caller; an admin may name others of the same
/// tenant.
public final class ExportUserHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public ExportUserHandler() {
    this(IngestMain.shared());
  }

  ExportUserHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var user = request.userOrMe();
    var from = Cursors.place(request.query().get("cursor"));
    var limit =
        request.limit(ExportConversationHandler.DEFAULT_LIMIT, ExportConversationHandler.MAX_LIMIT);
    var size = new PageSize(limit, PageSize.MAX_BYTES);
    var page = new OwnerTurns(ingest().database(), user).page(from, size);
    var parts =
        page.parts().stream()
            .map(part -> ExportViews.part(part.conversation(), ingest().exported(part.turns())))
            .toList();
    return Exchange.answer(
        200,
        new ExportViews.UserExport(
            ExportViews.FORMAT,
            user.value(),
            parts,
            page.next() == null ? null : Cursors.text(page.next())));
  }
}
