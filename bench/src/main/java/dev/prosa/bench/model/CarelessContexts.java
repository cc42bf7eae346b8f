package dev.prosa.bench.model;

import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.ConversationContext;
import dev.prosa.core.turn.ConversationId;
import java.util.List;

/// A cache that says of every turn that all before it are final.
final class CarelessContexts implements ContextCache {

  @Override
  public ConversationContext find(ConversationId conversation, int upTo) {
    return new ConversationContext(upTo, List.of());
  }

  @Override
  public void put(ConversationId conversation, ConversationContext context) {
    // what it says does not depend on it
  }

  @Override
  public void remove(ConversationId conversation) {
    // nor on this
  }
}
