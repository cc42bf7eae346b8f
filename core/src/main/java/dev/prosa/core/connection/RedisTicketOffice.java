package dev.prosa.core.connection;

import dev.prosa.core.identity.Caller;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.RedisScript;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ticket:<ticket>` holds a grant until it is read once; the sorted set `logouts` holds who logged
/// out, with the time as the score. Times are microseconds of the epoch by the clock of Redis; they
/// fit a double.
final class RedisTicketOffice implements TicketOffice {

  private static final String LOGOUTS = "logouts";

  private static final RedisScript ISSUE =
      RedisScript.of(
          """
          local time = redis.call('TIME')
          local micros = string.format('%.0f', time[1] * 1000000 + time[2])
          return redis.call('SET', KEYS[1], ARGV[1] .. '\\n' .. micros, 'PX', ARGV[2])
          """);

  private static final RedisScript LOG_OUT =
      RedisScript.of(
          """
          local time = redis.call('TIME')
          local micros = time[1] * 1000000 + time[2]
          redis.call('ZADD', KEYS[1], string.format('%.0f', micros), ARGV[1])
          redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, string.format('%.0f', micros - ARGV[2] * 1000))
          return redis.call('PEXPIRE', KEYS[1], ARGV[2])
          """);

  private static final RedisScript SINCE =
      RedisScript.of(
          """
          local time = redis.call('TIME')
          local now = string.format('%.0f', time[1] * 1000000 + time[2])
          local found = redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[1], '+inf', 'WITHSCORES')
          table.insert(found, now)
          return found
          """);

  private final RedisPool pool;

  RedisTicketOffice(RedisPool pool) {
    this.pool = pool;
  }

  @Override
  public String issue(Caller caller) {
    var ticket = RandomId.create().value();
    var until = caller.until() == null ? "" : Long.toString(caller.until().toEpochMilli());
    var arguments = List.of(caller.owner() + "\n" + until, Long.toString(LIFE.toMillis()));
    ISSUE.ask(pool, List.of(key(ticket)), arguments);
    return ticket;
  }

  @Override
  public @Nullable Grant redeem(String ticket) {
    if (!ticket.matches(RandomId.PATTERN)) {
      return null;
    }
    var grant = pool.<@Nullable String>call(redis -> redis.getDel(key(ticket)));
    return grant == null ? null : grant(grant.split("\n", -1));
  }

  /// Null when another version wrote it.
  private static @Nullable Grant grant(String[] parts) {
    if (parts.length != 3 || !OwnerId.isValid(parts[0])) {
      return null;
    }
    var until = parts[1].isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(parts[1]));
    return new Grant(new OwnerId(parts[0]), until, instant(parts[2]));
  }

  @Override
  public void logOut(OwnerId owner) {
    var arguments = List.of(owner.value(), Long.toString(LOGOUT_LIFE.toMillis()));
    LOG_OUT.ask(pool, List.of(LOGOUTS), arguments);
  }

  @Override
  public Logouts logoutsSince(Instant moment) {
    var from = Math.max(0, micros(moment.minus(LOOK_BACK)));
    var found = (List<?>) SINCE.ask(pool, List.of(LOGOUTS), List.of(Long.toString(from)));
    var last = new HashMap<OwnerId, Instant>();
    for (int i = 0; i + 1 < found.size(); i += 2) {
      last.put(new OwnerId((String) found.get(i)), instant((String) found.get(i + 1)));
    }
    return new Logouts(instant((String) found.getLast()), last);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant instant(String micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }

  private static String key(String ticket) {
    return "ticket:" + ticket;
  }
}
