package dev.prosa.core.connection;

import dev.prosa.core.identity.Caller;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RandomId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tickets and logouts in maps, with one lock.
final class InMemoryTicketOffice implements TicketOffice {

  private final InstantSource clock;
  private final Map<String, Grant> issued = new HashMap<>();
  private final Map<OwnerId, Instant> logouts = new HashMap<>();

  InMemoryTicketOffice(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized String issue(Caller caller) {
    var now = clock.instant();
    issued.values().removeIf(grant -> isOver(grant, now));
    var ticket = RandomId.create().value();
    issued.put(ticket, new Grant(caller.owner(), caller.until(), now));
    return ticket;
  }

  @Override
  public synchronized @Nullable Grant redeem(String ticket) {
    var found = issued.remove(ticket);
    return found == null || isOver(found, clock.instant()) ? null : found;
  }

  private static boolean isOver(Grant grant, Instant now) {
    return !grant.since().plus(LIFE).isAfter(now);
  }

  @Override
  public synchronized void logOut(OwnerId owner) {
    var now = clock.instant();
    logouts.values().removeIf(at -> at.plus(LOGOUT_LIFE).isBefore(now));
    logouts.put(owner, now);
  }

  @Override
  public synchronized Logouts logoutsSince(Instant moment) {
    var late = new HashMap<>(logouts);
    late.values().removeIf(at -> at.plus(LOOK_BACK).isBefore(moment));
    return new Logouts(clock.instant(), late);
  }
}
