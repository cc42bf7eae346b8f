package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prosa.core.connection.ConnectionRegistry;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.figures.FiguresBoard;
import dev.prosa.core.figures.WorkerFigures;
import dev.prosa.core.identity.Caller;
import dev.prosa.core.provider.ProviderBoard;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.ContextCache;
import dev.prosa.core.turn.ConversationId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisCachesTest {

  private static final RedisPool POOL = RedisPool.open(Servers.redis());

  @AfterAll
  static void closePool() {
    POOL.close();
  }

  @Test
  void says_so_when_redis_is_away() {
    try (var nowhere = RedisPool.open(URI.create("redis://127.0.0.1:1"))) {
      var cache = ContextCache.redis(nowhere);

      assertThatThrownBy(() -> cache.find(ConversationId.create(), 1))
          .isInstanceOf(CacheUnavailableException.class);
    }
  }

  @Test
  void says_so_when_the_password_is_wrong() {
    var address = URI.create("redis://:wrong@127.0.0.1:" + Servers.redis().getPort());
    try (var stranger = RedisPool.open(address)) {
      var office = TicketOffice.redis(stranger);

      assertThatThrownBy(() -> office.issue(new Caller(TurnDatabaseContract.someone(), null)))
          .isInstanceOf(CacheUnavailableException.class);
    }
  }

  @Nested
  class Connections extends ConnectionRegistryContract {

    @Override
    ConnectionRegistry registry() {
      return ConnectionRegistry.redis(POOL, time);
    }

    @Override
    void pass(Duration duration) {
      time.pass(duration);
      RedisTime.pass(duration);
    }
  }

  @Nested
  class Tickets extends TicketOfficeContract {

    @Override
    TicketOffice office() {
      return TicketOffice.redis(POOL);
    }

    @Override
    void pass(Duration duration) {
      RedisTime.pass(duration);
    }
  }

  @Nested
  class Providers extends ProviderBoardContract {

    @Override
    ProviderBoard board() {
      return ProviderBoard.redis(POOL);
    }

    @Override
    void pass(Duration duration) {
      RedisTime.pass(duration);
    }

    @Test
    void takes_what_another_version_wrote_for_nothing() {
      board().post("other", List.of());
      POOL.call(redis -> redis.set("{providers}:worker:other", "{}"));

      assertThat(board().read()).isEmpty();
    }
  }

  @Nested
  class Figures extends FiguresBoardContract {

    @Override
    FiguresBoard board() {
      return FiguresBoard.redis(POOL);
    }

    @Override
    void pass(Duration duration) {
      RedisTime.pass(duration);
    }

    @Test
    void takes_what_another_version_wrote_for_nothing() {
      board().post("other", new WorkerFigures(1, List.of()));
      POOL.call(redis -> redis.set("{figures}:worker:other", "{\"newer\":1}"));

      assertThat(board().read()).isEmpty();
    }

    @Test
    void every_key_is_forgotten_in_the_end() {
      board().post("other", new WorkerFigures(1, List.of()));

      Set<String> keys = POOL.call(redis -> redis.keys("{figures}:*"));

      assertThat(keys).hasSize(2);
      for (var key : keys) {
        long left = POOL.call(redis -> redis.pttl(key));
        assertThat(left).isBetween(1L, FiguresBoard.WINDOW.toMillis());
      }
    }
  }

  @Nested
  class Contexts extends ContextCacheContract {

    @Override
    ContextCache cache() {
      return ContextCache.redis(POOL);
    }

    @Test
    void keeps_a_context_for_its_life_after_it_was_used_last() {
      cache().put(conversation, context(7));
      RedisTime.pass(ContextCache.LIFE.minusSeconds(5));
      cache().find(conversation, 7);

      RedisTime.pass(ContextCache.LIFE.minusSeconds(5));

      assertThat(cache().find(conversation, 7)).isEqualTo(context(7));
    }

    @Test
    void forgets_a_context_that_nobody_uses() {
      cache().put(conversation, context(7));

      RedisTime.pass(ContextCache.LIFE);

      assertThat(cache().find(conversation, 7)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "x",
          "{}",
          "null",
          "[7]",
          "{\"upTo\":7}",
          "{\"upTo\":7,\"exchanges\":[null]}",
          "{\"upTo\":7,\"exchanges\":[],\"newer\":1}"
        })
    void takes_what_another_version_wrote_for_nothing(String entry) {
      POOL.call(redis -> redis.set("context:" + conversation, entry));

      assertThat(cache().find(conversation, 7)).isNull();
    }
  }
}
