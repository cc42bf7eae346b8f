package dev.prosa.gateway;

import dev.prosa.core.connection.Grant;
import dev.prosa.core.connection.Logouts;
import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.IdentityUnavailableException;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.runtime.CacheUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out for whom a client acts, and whether it still may. It calls Redis, so it runs on no
/// thread of the server. Thread-safe.
///
/// A browser needs a ticket: the cookie-less proof that the page itself asked for this connection.
final class Doorkeeper {

  /// How long before its end a client is asked to prove again who it is: time enough for several
  /// tries.
  static final Duration NOTICE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

  private final TicketOffice tickets;
  private final TokenVerifier tokens;
  private final Turnstile turnstile;
  private final InstantSource clock;
  private volatile Logouts logouts = Logouts.none();

  Doorkeeper(TicketOffice tickets, TokenVerifier tokens, Turnstile turnstile, InstantSource clock) {
    this.tickets = tickets;
    this.tokens = tokens;
    this.turnstile = turnstile;
    this.clock = clock;
  }

  /// How a client stands that was let in.
  enum Standing {
    /// It may stay.
    GOOD,
    /// It may stay for at most [Doorkeeper#NOTICE].
    ENDING,
    /// Its time is over.
    EXPIRED,
    /// Its user has logged out.
    LOGGED_OUT
  }

  Admission admit(Credentials credentials) {
    try {
      return turnstile.call(() -> decide(credentials));
    } catch (CacheUnavailableException e) {
      LOG.warn("cannot redeem a ticket ({}); the client tries again", e.getMessage());
      return new Admission.Refused(CloseCode.UNAVAILABLE);
    } catch (IdentityUnavailableException e) {
      LOG.warn("cannot check a token ({}); the client tries again", e.getMessage());
      return new Admission.Refused(CloseCode.UNAVAILABLE);
    } catch (RuntimeException e) {
      LOG.error("cannot tell who a client is; it tries again", e);
      return new Admission.Refused(CloseCode.UNAVAILABLE);
    }
  }

  private Admission decide(Credentials credentials) {
    var grant = credentials.ticket() == null ? byToken(credentials) : byTicket(credentials);
    return grant == null
        ? new Admission.Refused(CloseCode.BAD_CREDENTIALS)
        : new Admission.Admitted(grant);
  }

  private @Nullable Grant byTicket(Credentials credentials) {
    var ticket = credentials.ticket();
    return ticket == null ? null : tickets.redeem(ticket);
  }

  /// The office's time is known from when it was asked last, which is a second ago; that a logout
  /// in this second ends the connection, too, is the safe side.
  private @Nullable Grant byToken(Credentials credentials) {
    var caller = credentials.browser() ? null : tokens.verify(credentials.bearer());
    return caller == null ? null : new Grant(caller.owner(), caller.until(), logouts.now());
  }

  /// Learns who has logged out; called every second. While Redis is away nobody can.
  void learn() {
    try {
      logouts = turnstile.call(() -> tickets.logoutsSince(logouts.now()));
    } catch (CacheUnavailableException e) {
      LOG.debug("who has logged out is not known ({}); asked again soon", e.getMessage());
    }
  }

  /// How a client stands now.
  Standing standing(Grant grant) {
    if (logouts.end(grant)) {
      return Standing.LOGGED_OUT;
    }
    var until = grant.until();
    if (until == null) {
      return Standing.GOOD;
    }
    var left = Duration.between(clock.instant(), until);
    if (left.isPositive()) {
      return left.compareTo(NOTICE) > 0 ? Standing.GOOD : Standing.ENDING;
    }
    return Standing.EXPIRED;
  }
}
