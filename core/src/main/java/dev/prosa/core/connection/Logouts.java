package dev.prosa.core.connection;

import dev.prosa.core.identity.OwnerId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who has logged out of late, by the clock of the [TicketOffice].
///
/// @param now when this was asked
/// @param last when each of them did so last
public record Logouts(Instant now, Map<OwnerId, Instant> last) {

  public Logouts {
    last = Map.copyOf(last);
  }

  /// What is known before anybody was asked.
  public static Logouts none() {
    return new Logouts(Instant.EPOCH, Map.of());
  }

  /// Whether the user has logged out since the grant was proved.
  public boolean end(Grant grant) {
    @Nullable Instant logout = last.get(grant.owner());
    return logout != null && !grant.since().isAfter(logout);
  }
}
