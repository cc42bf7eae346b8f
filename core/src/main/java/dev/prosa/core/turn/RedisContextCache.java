package dev.prosa.core.turn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.runtime.RedisPool;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.GetExParams;
import redis.clients.jedis.params.SetParams;

/// `context:<conversation>` holds a context as JSON.
final class RedisContextCache implements ContextCache {

  private static final SetParams EXPIRY = SetParams.setParams().px(LIFE.toMillis());
  private static final GetExParams KEPT = GetExParams.getExParams().px(LIFE.toMillis());

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RedisPool pool;

  RedisContextCache(RedisPool pool) {
    this.pool = pool;
  }

  @Override
  public @Nullable ConversationContext find(ConversationId conversation, int upTo) {
    var json = pool.<@Nullable String>call(redis -> redis.getEx(key(conversation), KEPT));
    var found = json == null ? null : parse(json);
    return found != null && found.upTo() == upTo ? found : null;
  }

  /// An entry that another version wrote is as good as none.
  private static @Nullable ConversationContext parse(String json) {
    try {
      return JSON.readValue(json, ConversationContext.class);
    } catch (JsonProcessingException unknownForm) {
      return null;
    }
  }

  @Override
  public void put(ConversationId conversation, ConversationContext context) {
    try {
      var json = JSON.writeValueAsString(context);
      pool.call(redis -> redis.set(key(conversation), json, EXPIRY));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void remove(ConversationId conversation) {
    pool.call(redis -> redis.del(key(conversation)));
  }

  private static String key(ConversationId conversation) {
    return "context:" + conversation;
  }
}
