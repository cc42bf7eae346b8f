package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tickets in a map, with one lock.
final class InMemoryTicketOffice implements TicketOffice {

  private final InstantSource clock;
  private final Map<String, Issued> issued = new HashMap<>();

  private record Issued(OwnerId owner, Instant expiry) {}

  InMemoryTicketOffice(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized String issue(OwnerId owner) {
    var now = clock.instant();
    issued.values().removeIf(i -> !i.expiry().isAfter(now));
    var ticket = RandomId.create().value();
    issued.put(ticket, new Issued(owner, now.plus(LIFE)));
    return ticket;
  }

  @Override
  public synchronized @Nullable OwnerId redeem(String ticket) {
    var found = issued.remove(ticket);
    return found != null && found.expiry().isAfter(clock.instant()) ? found.owner() : null;
  }
}
