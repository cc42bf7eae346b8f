package dev.prosa.ingest;

import dev.prosa.core.turn.Conversation;

/// Finds conversations of a caller.
final class Conversations {

  private Conversations() {}

  /// The conversation in the path. One of somebody else is as unknown as one of nobody.
  static Conversation ofCaller(Ingest ingest, Request request) {
    var known = ingest.database().conversations().find(request.conversation());
    if (known == null || !known.owner().equals(request.owner())) {
      throw MessageRequest.unknownConversation();
    }
    return known;
  }
}
