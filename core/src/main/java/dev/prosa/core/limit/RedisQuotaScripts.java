package dev.prosa.core.limit;

import dev.prosa.core.limit.Decision.Reason;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.RedisScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The changes of one scope, each in one step.
///
/// The hash `quota:{scope}` has the day and what it spent, what is reserved in all, and a field
/// `job:<id>` for each reservation, with its amounts and the request that took it. The sorted set
/// `quota:{scope}:jobs` has when reservations expire, and `quota:{scope}:requests` when the
/// requests of the last minute came. Time is that of Redis; days are the caller's.
final class RedisQuotaScripts {

  /// What all scripts share: ending a reservation, and the beginning of a day.
  private static final String COMMON =
      """
      local counts, jobs, requests = KEYS[1], KEYS[2], KEYS[3]
      local function count(field) return tonumber(redis.call('HGET', counts, field) or '0') end
      local function add(field, amount)
        if redis.call('HINCRBY', counts, field, amount) < 0 then
          redis.call('HSET', counts, field, 0)
        end
      end
      local function take(id)
        redis.call('ZREM', jobs, id)
        local held = redis.call('HGET', counts, 'job:' .. id)
        if not held then return nil end
        redis.call('HDEL', counts, 'job:' .. id)
        local tokens, nanos = string.match(held, '(%d+) (%d+)')
        add('reservedTokens', 0 - tonumber(tokens))
        add('reservedNanos', 0 - tonumber(nanos))
        return tokens, nanos
      end
      local function begin(day)
        if count('day') < tonumber(day) then
          redis.call('HSET', counts, 'day', day, 'spentTokens', 0, 'spentNanos', 0)
        end
      end
      local function spend(tokens, nanos)
        add('spentTokens', tokens)
        add('spentNanos', nanos)
      end
      local function keep()
        redis.call('EXPIRE', counts, 172800)
      end
      """;

  /// What is late was never settled, and is charged as it was reckoned.
  private static final RedisScript RESERVE =
      RedisScript.of(
          COMMON
              + """
              local id, life, perMinute, most = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
              local mostTokens, mostNanos = tonumber(ARGV[5]), tonumber(ARGV[6])
              local tokens, nanos, day, request = ARGV[7], ARGV[8], ARGV[9], ARGV[12]
              local time = redis.call('TIME')
              local now = time[1] * 1000 + math.floor(time[2] / 1000)

              local budget = mostTokens > 0 or mostNanos > 0
              if redis.call('HEXISTS', counts, 'day') == 0 then
                if budget and ARGV[10] == '' then return false end
                begin(day)
                if budget then spend(ARGV[10], ARGV[11]) end
              end
              begin(day)
              redis.call('HSET', counts, 'budget', budget and 1 or 0)
              keep()

              local late = redis.call('ZRANGEBYSCORE', jobs, '-inf', now, 'LIMIT', 0, 1000)
              for _, gone in ipairs(late) do
                local lateTokens, lateNanos = take(gone)
                if lateTokens then spend(lateTokens, lateNanos) end
              end
              local flying = redis.call('ZCARD', jobs)
              if flying == 0 then
                redis.call('HDEL', counts, 'reservedTokens', 'reservedNanos')
              end

              redis.call('ZREMRANGEBYSCORE', requests, '-inf', now - 60000)
              local made = redis.call('ZCARD', requests)
              local function answer(refusal)
                local oldest = redis.call('ZRANGE', requests, 0, 0, 'WITHSCORES')
                local reset = oldest[2] and oldest[2] + 60000 - now or 0
                return {refusal, math.max(0, perMinute - made), reset}
              end
              local function passes(limit, kind, wanted)
                local sum = count('spent' .. kind) + count('reserved' .. kind) + tonumber(wanted)
                return limit == 0 or sum <= limit
              end
              -- repeated because an answer was lost: that of this call, or of a whole request
              if redis.call('HEXISTS', counts, 'job:' .. id) == 1 then
                redis.call('ZADD', jobs, now + life, id)
                return answer('')
              end
              local counted = redis.call('ZSCORE', requests, request)
              if perMinute > 0 and made >= perMinute and not counted then
                return answer('REQUESTS')
              end
              if most > 0 and flying >= most then return answer('JOBS') end
              if not passes(mostTokens, 'Tokens', tokens) then return answer('TOKENS') end
              if not passes(mostNanos, 'Nanos', nanos) then return answer('COST') end

              redis.call('HSET', counts, 'job:' .. id, tokens .. ' ' .. nanos .. ' ' .. request)
              add('reservedTokens', tokens)
              add('reservedNanos', nanos)
              redis.call('ZADD', jobs, now + life, id)
              redis.call('PEXPIRE', jobs, 172800000)
              if perMinute > 0 then
                redis.call('ZADD', requests, now, request)
                redis.call('PEXPIRE', requests, 60000)
                made = redis.call('ZCARD', requests)
              end
              return answer('')
              """);

  private static final RedisScript SETTLE =
      RedisScript.of(
          COMMON
              + """
              if not take(ARGV[1]) then return false end
              begin(ARGV[2])
              spend(ARGV[3], ARGV[4])
              keep()
              if count('budget') == 0 or count('day') > tonumber(ARGV[2]) then return false end
              return {redis.call('HGET', counts, 'spentTokens'), redis.call('HGET', counts, 'spentNanos')}
              """);

  private static final RedisScript RELEASE =
      RedisScript.of(
          COMMON
              + """
              if ARGV[3] == 'request' then redis.call('ZREM', requests, ARGV[2]) end
              local held = redis.call('HGET', counts, 'job:' .. ARGV[1])
              if not held or string.match(held, '%S+$') ~= ARGV[2] then return 0 end
              take(ARGV[1])
              return 1
              """);

  private RedisQuotaScripts() {}

  /// @param refusal null when it is granted
  /// @param remaining requests of this minute
  /// @param resetMillis until the oldest request of the minute does not count any more
  record Answer(@Nullable Reason refusal, int remaining, long resetMillis) {}

  /// Reserves from one scope; null when Redis does not know what the day has spent and the caller
  /// has to tell.
  ///
  /// @param spent what the day has spent; null when the caller does not know
  static @Nullable Answer reserve(
      RedisPool pool, Reservation reservation, Quota quota, long day, @Nullable Amount spent) {
    var limit = quota.limit();
    var answer =
        RESERVE.run(
            pool,
            keys(quota.scope()),
            List.of(
                reservation.id(),
                Long.toString(reservation.life().toMillis()),
                Integer.toString(limit.requestsPerMinute()),
                Integer.toString(limit.jobsInFlight()),
                Long.toString(limit.perDay().tokens()),
                Long.toString(limit.perDay().costNanos()),
                Long.toString(reservation.amount().tokens()),
                Long.toString(reservation.amount().costNanos()),
                Long.toString(day),
                spent == null ? "" : Long.toString(spent.tokens()),
                spent == null ? "" : Long.toString(spent.costNanos()),
                reservation.request()));
    if (answer == null) {
      return null;
    }
    var parts = (List<?>) answer;
    var refusal = parts.get(0).toString();
    return new Answer(
        refusal.isEmpty() ? null : Reason.valueOf(refusal),
        Math.toIntExact((Long) parts.get(1)),
        Math.max(0, (Long) parts.get(2)));
  }

  /// Settles with one scope and tells what the day has spent by now; null when nothing was reserved
  /// or nobody keeps it.
  static @Nullable Amount settle(RedisPool pool, String id, Scope scope, long day, Amount taken) {
    var answer =
        SETTLE.run(
            pool,
            keys(scope),
            List.of(
                id,
                Long.toString(day),
                Long.toString(taken.tokens()),
                Long.toString(taken.costNanos())));
    if (answer == null) {
      return null;
    }
    var parts = (List<?>) answer;
    return new Amount(
        Long.parseLong(parts.get(0).toString()), Long.parseLong(parts.get(1).toString()));
  }

  /// Whether something is reserved from a scope.
  static boolean holds(RedisPool pool, String id, Scope scope) {
    return pool.call(redis -> redis.hexists(keys(scope).getFirst(), "job:" + id));
  }

  /// @param withRequest whether the request shall not count in its minute, either
  static void release(RedisPool pool, Reservation reservation, Scope scope, boolean withRequest) {
    var _ =
        RELEASE.ask(
            pool,
            keys(scope),
            List.of(reservation.id(), reservation.request(), withRequest ? "request" : ""));
  }

  private static List<String> keys(Scope scope) {
    var counts = "quota:{" + scope + "}";
    return List.of(counts, counts + ":jobs", counts + ":requests");
  }
}
