package dev.prosa.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.core.limit.Amount;
import dev.prosa.core.limit.Decision;
import dev.prosa.core.limit.Decision.Reason;
import dev.prosa.core.limit.Limit;
import dev.prosa.core.limit.Quotas;
import dev.prosa.core.limit.Spendings;
import dev.prosa.core.runtime.RedisPool;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisQuotasTest extends QuotasContract {

  private static final RedisPool POOL = RedisPool.open(Servers.redis());

  private final Spendings spendings = Spendings.inMemory();

  /// Counters live longer than anything else in Redis, and other tests look at all there is.
  @AfterAll
  static void forgetAndClosePool() {
    POOL.call(redis -> {
      redis.keys("quota:*").forEach(redis::del);
      return redis;
    });
    POOL.close();
  }

  @Override
  Quotas quotas() {
    return Quotas.redis(POOL, spendings, time);
  }

  /// What happened, happened earlier.
  @Override
  void pass(Duration duration) {
    time.pass(duration);
    for (var list : new String[] {":jobs", ":requests"}) {
      var key = "quota:{" + user + "}" + list;
      POOL.call(redis -> {
        redis
            .zrangeWithScores(key, 0, -1)
            .forEach(
                one -> redis.zadd(key, one.getScore() - duration.toMillis(), one.getElement()));
        return key;
      });
    }
  }

  private void forget() {
    POOL.call(redis -> redis.del("quota:{" + user + "}", "quota:{" + user + "}:jobs"));
  }

  @Test
  void what_a_day_spent_outlives_redis() {
    var limit = tokens(100);
    quotas().settle(job(limit, new Amount(10, 0)), () -> new Amount(70, 0));

    forget();

    assertThat(refused(take(limit, new Amount(40, 0))).reason()).isEqualTo(Reason.TOKENS);
    assertThat(take(limit, new Amount(30, 0))).isInstanceOf(Decision.Granted.class);
  }

  @Test
  void what_a_job_took_is_counted_once_though_redis_forgets() {
    var limit = tokens(100);
    var job = job(limit, new Amount(10, 0));
    quotas().settle(job, () -> new Amount(70, 0));
    forget();
    take(limit, new Amount(1, 0));

    quotas().settle(job, () -> new Amount(70, 0));

    assertThat(take(limit, new Amount(29, 0))).isInstanceOf(Decision.Granted.class);
  }

  @Test
  void a_call_that_is_repeated_because_its_answer_was_lost_takes_once() {
    var limit = new Limit(2, 2, new Amount(2, 2));
    var reservation = reservation(limit, new Amount(1, 1));

    for (int i = 0; i < 5; i++) {
      assertThat(quotas().reserve(reservation)).isInstanceOf(Decision.Granted.class);
    }

    assertThat(take(limit)).isInstanceOf(Decision.Granted.class);
    refused(take(limit));
  }

  @Test
  void without_redis_nothing_is_refused_but_what_the_day_has_spent() {
    try (var nowhere = RedisPool.open(URI.create("redis://127.0.0.1:1"))) {
      var quotas = Quotas.redis(nowhere, spendings, time);
      var limit = new Limit(1, 1, new Amount(100, 0));
      for (int i = 0; i < 3; i++) {
        assertThat(quotas.reserve(reservation(limit, new Amount(60, 0))))
            .isEqualTo(new Decision.Granted(null));
      }

      spendings.atLeast(user, time.instant().getEpochSecond() / 86_400, new Amount(100, 0));

      assertThat(refused(quotas.reserve(reservation(limit, new Amount(1, 0)))).reason())
          .isEqualTo(Reason.TOKENS);
    }
  }

  @Test
  void every_key_has_an_end() {
    var _ = job(new Limit(5, 5, new Amount(100, 100)), new Amount(1, 1));

    POOL.call(redis -> {
      var keys = redis.keys("quota:*");
      assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(redis.pttl(key)).isPositive());
      return keys;
    });
  }
}
