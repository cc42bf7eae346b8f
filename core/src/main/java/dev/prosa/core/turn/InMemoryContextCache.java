package dev.prosa.core.turn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Contexts in a map, with one lock; the least recently used one goes first.
final class InMemoryContextCache implements ContextCache {

  private static final int MAX_ENTRIES = 1_000;

  private final LinkedHashMap<ConversationId, ConversationContext> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, ConversationContext> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  @Override
  public synchronized @Nullable ConversationContext find(ConversationId conversation, int upTo) {
    var found = entries.get(conversation);
    return found != null && found.upTo() == upTo ? found : null;
  }

  @Override
  public synchronized void put(ConversationId conversation, ConversationContext context) {
    entries.put(conversation, context);
  }

  @Override
  public synchronized void remove(ConversationId conversation) {
    entries.remove(conversation);
  }
}
