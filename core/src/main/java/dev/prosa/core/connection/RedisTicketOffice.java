package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import dev.prosa.core.runtime.RedisPool;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.SetParams;

/// `ticket:<ticket>` holds the owner until it is read once.
final class RedisTicketOffice implements TicketOffice {

  private static final SetParams EXPIRY = SetParams.setParams().px(LIFE.toMillis());

  private final RedisPool pool;

  RedisTicketOffice(RedisPool pool) {
    this.pool = pool;
  }

  @Override
  public String issue(OwnerId owner) {
    var ticket = RandomId.create().value();
    pool.call(redis -> redis.set(key(ticket), owner.value(), EXPIRY));
    return ticket;
  }

  @Override
  public @Nullable OwnerId redeem(String ticket) {
    if (!ticket.matches(RandomId.PATTERN)) {
      return null;
    }
    var owner = pool.<@Nullable String>call(redis -> redis.getDel(key(ticket)));
    return owner == null ? null : new OwnerId(owner);
  }

  private static String key(String ticket) {
    return "ticket:" + ticket;
  }
}
