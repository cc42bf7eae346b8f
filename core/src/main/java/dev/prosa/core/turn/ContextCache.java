package dev.prosa.core.turn;

import dev.prosa.core.runtime.RedisPool;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Remembers contexts, so that an active conversation is not read again for every turn.
/// Thread-safe.
///
/// It is for contexts that [ConversationContext#staysRight()]: such a one is right whoever wrote it
/// and however late it arrives, because it says which turn it ends at, and a reader takes only
/// exactly the one it needs.
///
/// Every method throws [dev.prosa.core.runtime.CacheUnavailableException] when the cache does not
/// answer.
public interface ContextCache {

  /// How long a context is kept after its last use.
  Duration LIFE = Duration.ofMinutes(15);

  /// The context that ends at `upTo`; null when the cache has none, or another one.
  @Nullable ConversationContext find(ConversationId conversation, int upTo);

  /// Keeps a context in place of the one before.
  void put(ConversationId conversation, ConversationContext context);

  /// Forgets the context of a conversation.
  void remove(ConversationId conversation);

  /// A cache in Redis.
  ///
  /// @param pool stays the caller's, who closes it
  static ContextCache redis(RedisPool pool) {
    return new RedisContextCache(pool);
  }

  /// A cache in this process that holds the last 1,000 conversations.
  static ContextCache inMemory() {
    return new InMemoryContextCache();
  }
}
