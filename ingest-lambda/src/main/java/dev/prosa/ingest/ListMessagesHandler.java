package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.turn.Turn;
import java.util.List;

/// `GET /v1/conversations/{conversationId}/messages`: the newest messages, in the order they were
/// said; the cursor leads to older ones.
public final class ListMessagesHandler extends RouteHandler {

  private static final int DEFAULT_LIMIT = 50;

  private static final int MAX_LIMIT = 100;

  /// Made by Lambda, from the environment.
  public ListMessagesHandler() {
    this(IngestMain.shared());
  }

  ListMessagesHandler(Ingest ingest) {
    super(ingest);
  }

  /// Messages are counted from 1: the question of turn n is 2 n - 1, and its reply 2 n. A page may
  /// begin or end between the two.
  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var known = Conversations.ofCaller(ingest(), request);
    var cursor = Cursors.message(request.query().get("cursor"));
    var last = 2 * known.lastTurn();
    var newest = cursor == null ? last : Math.min(cursor, last);
    var oldest = Math.max(1, newest - request.limit(DEFAULT_LIMIT, MAX_LIMIT) + 1);
    var count = turnOf(newest) - turnOf(oldest) + 1;
    var turns = ingest().database().turns().turns(known.id(), turnOf(newest), count);
    return Exchange.answer(200, page(turns, oldest, newest));
  }

  private static int turnOf(int message) {
    return Math.ceilDiv(message, 2);
  }

  /// @param turns newest first; of the older ones some may be missing
  private static Views.MessagesView page(List<Turn> turns, int oldest, int newest) {
    if (turns.isEmpty()) {
      return new Views.MessagesView(List.of(), null);
    }
    var all = turns.reversed().stream().flatMap(Views::messages).toList();
    var first = 2 * turns.getLast().job().turn() - 1;
    var from = Math.max(oldest, first);
    return new Views.MessagesView(
        all.subList(from - first, newest - first + 1), from > 1 ? Cursors.message(from - 1) : null);
  }
}
