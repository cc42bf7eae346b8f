package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.connection.TicketOffice;

/// `POST /v1/tickets`: a ticket that lets a browser open one WebSocket.
public final class PostTicketHandler extends RouteHandler {

  /// Made by Lambda, from the environment.
  public PostTicketHandler() {
    this(IngestMain.shared());
  }

  PostTicketHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var ticket = ingest().presence().tickets().issue(request.caller());
    var expiresAt = ingest().clock().instant().plus(TicketOffice.LIFE);
    return Exchange.answer(201, new Views.TicketView(ticket, url(request), expiresAt.toString()));
  }

  /// A browser that came by `127.0.0.1` is not sent to `localhost`, and the other way round.
  private String url(Request request) {
    var configured = ingest().settings().socketUrl();
    if (configured != null) {
      return configured.toString();
    }
    var host = request.headers().getOrDefault("Host", "localhost");
    var name = host.matches("[A-Za-z0-9.-]+(:\\d+)?") ? host.replaceAll(":\\d+$", "") : "localhost";
    return "ws://%s:%d/".formatted(name, ingest().settings().socketPort());
  }
}
