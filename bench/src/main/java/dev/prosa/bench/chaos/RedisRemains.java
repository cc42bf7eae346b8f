package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.evidence.Kind;
import dev.prosa.core.runtime.RedisPool;
import java.time.InstantSource;
import redis.clients.jedis.params.ZRangeParams;

/// What Redis knows of connections.
record RedisRemains(RedisPool pool, InstantSource clock) {

  /// Forgets everything.
  void flush(Journal journal) {
    journal.note(Kind.REDIS, e -> e.put("what", "flush"));
    var _ = pool.call(redis -> redis.flushAll());
  }

  /// Puts every connection that has not expired into the journal.
  void note(Journal journal) {
    var now = (double) clock.millis();
    for (var key : pool.call(redis -> redis.keys("user:*:connections"))) {
      for (var member :
          pool.call(redis ->
              redis.zrange(key, ZRangeParams.zrangeByScoreParams(now, Double.POSITIVE_INFINITY)))) {
        journal.note(
            Kind.MEMBER,
            e ->
                e.put("user", key)
                    .put("gateway", member.substring(member.indexOf('@') + 1))
                    .put("member", member));
      }
    }
  }
}
