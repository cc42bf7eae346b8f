package dev.prosa.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.turn.ConversationStore;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `DELETE /v1/users/{user_id}`: erases everything that is stored of a user. 204 when nothing is
/// left; 202 when time ran out, and the request is to be repeated. The user's tokens are their
/// issuer's and stay valid, so what the user sends meanwhile or afterwards begins anew.
public final class DeleteUserHandler extends RouteHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DeleteUserHandler.class);
  private static final int PAGE = 100;

  /// Made by Lambda, from the environment.
  public DeleteUserHandler() {
    this(IngestMain.shared());
  }

  DeleteUserHandler(Ingest ingest) {
    super(ingest);
  }

  @Override
  APIGatewayProxyResponseEvent serve(Request request) {
    var user = request.userOrMe();
    var time = WorkTime.of(ingest(), request);
    var done = eraseConversations(user, time) && eraseKeys(user, time);
    LOG.atInfo()
        .addKeyValue("owner", user)
        .addKeyValue("by", request.owner())
        .log(done ? "erased {}" : "erased a part of {}; the rest takes another request", user);
    return done
        ? Exchange.done()
        : Exchange.answer(202, new Views.RemainingView(true), Map.of("Retry-After", "1"));
  }

  /// Goes through the list until it shows nothing new: messages may come meanwhile, and the index
  /// that the list is read from is a moment behind the table.
  private boolean eraseConversations(OwnerId user, WorkTime time) {
    ConversationStore.Cursor after = null;
    var found = false;
    while (time.isLeft()) {
      var page = ingest().database().conversations().list(user, after, PAGE);
      for (var conversation : page.items()) {
        switch (ingest().erasure().erase(user, conversation.id(), time::isLeft)) {
          case DONE -> found = true;
          case UNKNOWN -> {} // erased a moment ago
          case BEGUN -> {
            return false;
          }
        }
      }
      after = page.next();
      if (after == null) {
        if (!found) {
          return true;
        }
        found = false;
      }
    }
    return false;
  }

  private boolean eraseKeys(OwnerId user, WorkTime time) {
    while (time.isLeft()) {
      if (!ingest().database().erasures().removeKeys(user)) {
        return true;
      }
    }
    return false;
  }
}
