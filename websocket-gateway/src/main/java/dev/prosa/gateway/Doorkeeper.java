package dev.prosa.gateway;

import dev.prosa.core.connection.TicketOffice;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.runtime.CacheUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out for whom a client acts. It calls Redis, so it runs on no thread of the server.
///
/// A browser needs a ticket: the cookie-less proof that the page itself asked for this connection.
final class Doorkeeper {

  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

  private final TicketOffice tickets;
  private final TokenVerifier tokens;
  private final Turnstile turnstile;

  Doorkeeper(TicketOffice tickets, TokenVerifier tokens, Turnstile turnstile) {
    this.tickets = tickets;
    this.tokens = tokens;
    this.turnstile = turnstile;
  }

  Admission admit(Credentials credentials) {
    try {
      return turnstile.call(() -> decide(credentials));
    } catch (CacheUnavailableException e) {
      LOG.warn("cannot redeem a ticket ({}); the client reconnects", e.getMessage());
      return new Admission.Refused(CloseCode.UNAVAILABLE);
    } catch (RuntimeException e) {
      LOG.error("cannot tell who a client is; it reconnects", e);
      return new Admission.Refused(CloseCode.UNAVAILABLE);
    }
  }

  private Admission decide(Credentials credentials) {
    var ticket = credentials.ticket();
    if (ticket != null) {
      var owner = tickets.redeem(ticket);
      return owner == null ? refused() : new Admission.Admitted(owner);
    }
    var caller = credentials.browser() ? null : tokens.verify(credentials.bearer());
    return caller == null ? refused() : new Admission.Admitted(caller.owner());
  }

  private static Admission refused() {
    return new Admission.Refused(CloseCode.BAD_CREDENTIALS);
  }
}
