package dev.prosa.gateway;

import dev.prosa.core.connection.Connection;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.connection.Grant;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.core.metrics.GatewayMetrics.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to a client: let in, served, seen off. Thread-safe; every method only hands over,
/// except [#drain].
final class Reception implements Clients {

  static final String PROTOCOL = "prosa.v1";

  /// Clients of a gateway that stops come back over this long, not all at once.
  static final int SPREAD_MILLIS = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final Doorkeeper doorkeeper;
  private final Registrar registrar;
  private final ClientRequests requests;
  private final SessionTable table;
  private final Function<Wire, Session> sessions;
  private final GatewayMetrics metrics;
  private volatile boolean draining;

  /// @param sessions makes the session of a client that comes
  Reception(
      Doorkeeper doorkeeper,
      Registrar registrar,
      ClientRequests requests,
      SessionTable table,
      Function<Wire, Session> sessions,
      GatewayMetrics metrics) {
    this.doorkeeper = doorkeeper;
    this.registrar = registrar;
    this.requests = requests;
    this.table = table;
    this.sessions = sessions;
    this.metrics = metrics;
  }

  /// @param maxPerUser connections of one user, 1 or more
  static Reception of(GatewayPorts ports, GatewayId id, int maxPerUser, Executor threads) {
    var turnstile = new Turnstile();
    return new Reception(
        new Doorkeeper(ports.tickets(), ports.tokens(), turnstile, ports.clock()),
        new Registrar(ports.registry(), id, turnstile, ports.clock()),
        new ClientRequests(ports.turns(), ports.replies(), turnstile, ports.metrics()),
        new SessionTable(maxPerUser),
        wire -> new Session(wire, threads, ports.clock()),
        ports.metrics());
  }

  @Override
  public Client connect(Wire wire, @Nullable String ticket) {
    return open(wire, new Credentials(true, ticket, null));
  }

  /// A socket stands; until its owner is known nothing is sent to it.
  Session open(Wire wire, Credentials credentials) {
    var session = sessions.apply(wire);
    session.inScope(() -> open(session, credentials));
    return session;
  }

  private void open(Session session, Credentials credentials) {
    if (!table.enter(session)) {
      LOG.warn("this gateway is full; {} is turned away", session.id());
      turnAway(session, CloseCode.TOO_MANY_CONNECTIONS, Refusal.FULL);
    } else if (draining) {
      turnAway(session, CloseCode.DRAINING, Refusal.DRAINING);
    } else {
      session.inbox().offer(() -> admit(session, credentials));
    }
  }

  /// A socket stands, whose address has enough others.
  Session sendAway(Wire wire) {
    var session = sessions.apply(wire);
    session.inScope(
        () -> LOG.info("its address has too many sockets; {} is turned away", session.id()));
    turnAway(session, CloseCode.TOO_MANY_CONNECTIONS, Refusal.TOO_MANY_PER_ADDRESS);
    return session;
  }

  private void admit(Session session, Credentials credentials) {
    switch (doorkeeper.admit(credentials)) {
      case Admission.Admitted(Grant grant) -> welcome(session, grant);
      case Admission.Refused(CloseCode code) -> {
        LOG.info("connection {} is refused with {}", session.id(), code.number());
        turnAway(
            session,
            code,
            code == CloseCode.UNAVAILABLE ? Refusal.UNAVAILABLE : Refusal.CREDENTIALS);
      }
    }
  }

  private void turnAway(Session session, CloseCode code, Refusal reason) {
    metrics.refused(reason);
    end(session, code);
  }

  private void welcome(Session session, Grant grant) {
    var owner = grant.owner();
    for (var oldest : table.assign(owner, session)) {
      LOG.info("{} has too many connections; {} is the oldest, closed", owner, oldest.id());
      turnAway(oldest, CloseCode.TOO_MANY_CONNECTIONS, Refusal.TOO_MANY_PER_USER);
    }
    session.admit(grant);
    registrar.enter(new Connection(session.id(), owner));
    session.welcome(
        new GatewayEvent.ConnectionReady(session.id(), (int) Heartbeat.EVERY.toSeconds(), PROTOCOL)
            .toJson());
    LOG.info("connection {} of {} is open", session.id(), owner);
  }

  @Override
  public void receive(Client client, String message) {
    var session = (Session) client;
    if (!allows(session)) {
      return;
    }
    if (!session.inbox().offer(() -> answer(session, message))) {
      session.inScope(() ->
          LOG.warn("connection {} asks faster than it can be answered; closed", session.id()));
      end(session, CloseCode.SLOW);
    }
  }

  /// Counts a message or a ping; when there were too many, the connection is closed.
  boolean allows(Session session) {
    if (session.rate().allows()) {
      return true;
    }
    metrics.rateLimited();
    session.inScope(() -> LOG.warn("connection {} says too much; closed", session.id()));
    session.send(GatewayEvent.Refusal.rateLimited().toJson());
    end(session, CloseCode.RATE_LIMITED);
    return false;
  }

  private void answer(Session session, String message) {
    var connection = session.connection();
    if (connection != null) {
      switch (ClientMessageParser.parse(message)) {
        case ClientMessage.Request request -> answer(session, connection.owner(), request);
        case ClientMessage.Refresh refresh -> renew(session, connection.owner(), refresh);
      }
    }
  }

  private void answer(Session session, OwnerId owner, ClientMessage.Request request) {
    Consumer<String> answers = frame -> endIfSlow(session, session.sendPaced(frame));
    endIfSlow(session, session.answering(() -> requests.answer(owner, request, answers)));
  }

  private void renew(Session session, OwnerId owner, ClientMessage.Refresh refresh) {
    switch (doorkeeper.admit(new Credentials(false, refresh.ticket(), refresh.token()))) {
      case Admission.Admitted(Grant grant) when grant.owner().equals(owner) -> {
        session.admit(grant);
        var until = grant.until() == null ? null : grant.until().toString();
        session.send(new GatewayEvent.AuthRefreshed(until).toJson());
      }
      case Admission.Refused(CloseCode code) when code == CloseCode.UNAVAILABLE ->
          session.send(GatewayEvent.Refusal.unavailable(null).toJson());
      case Admission.Admitted _, Admission.Refused _ -> {
        LOG.warn("connection {} does not prove again that it is {}'s; closed", session.id(), owner);
        end(session, CloseCode.BAD_CREDENTIALS);
      }
    }
  }

  /// Brings a frame to every connection of its owner, as it is. Whatever happens with one of them,
  /// the caller goes on: it reads for everybody.
  @Override
  public void deliver(OwnerId owner, String frame) {
    var sessions = table.of(owner);
    if (sessions.isEmpty()) {
      return;
    }
    var utf8 = frame.getBytes(StandardCharsets.UTF_8);
    for (var session : sessions) {
      try {
        endIfSlow(session, session.deliver(utf8));
      } catch (RuntimeException e) {
        session.inScope(
            () -> LOG.error("connection {} missed a frame; its client resumes", session.id(), e));
      }
    }
    EndLog.handedOver(frame, sessions.size());
  }

  private void endIfSlow(Session session, boolean accepted) {
    if (!accepted) {
      session.inScope(
          () -> LOG.warn("connection {} does not read; closed, it resumes", session.id()));
      end(session, CloseCode.SLOW);
    }
  }

  private void end(Session session, CloseCode code) {
    session.close(code);
    closed(session);
  }

  @Override
  public void closed(Client client) {
    var session = (Session) client;
    session.inbox().finish(() -> forget(session));
  }

  private void forget(Session session) {
    var connection = session.connection();
    table.remove(session);
    if (connection != null) {
      registrar.leave(connection);
      LOG.info("connection {} of {} is closed", connection.id(), connection.owner());
    }
    session.gone().complete(session);
  }

  /// How many clients are let in and not forgotten yet.
  int connected() {
    return table.connected();
  }

  /// Notes again who is connected, when it is time, and ends whoever may not stay; called every
  /// second.
  @Override
  public void repeat() {
    registrar.repeat();
    doorkeeper.learn();
    table.all().forEach(this::check);
  }

  private void check(Session session) {
    var grant = session.grant();
    if (grant == null) {
      return;
    }
    var standing = doorkeeper.standing(grant);
    if (!grant.equals(session.grant())) {
      return; // it proved again who it is while this one was judged
    }
    switch (standing) {
      case GOOD -> {}
      case ENDING -> session.warn(grant, Objects.requireNonNull(grant.until()));
      case EXPIRED -> end(session, CloseCode.TOKEN_EXPIRED);
      case LOGGED_OUT -> end(session, CloseCode.LOGGED_OUT);
    }
  }

  /// Asks every client to reconnect, each at another moment, and closes. Returns when all are gone,
  /// or after `patience`.
  void drain(Duration patience) {
    draining = true;
    var all = table.all();
    for (int i = 0; i < all.size(); i++) {
      var later = (int) ((long) SPREAD_MILLIS * i / all.size());
      if (all.get(i).send(new GatewayEvent.ConnectionClosing("draining", later).toJson())) {
        metrics.askedToReconnect();
      }
      end(all.get(i), CloseCode.DRAINING);
    }
    var gone = all.stream().map(Session::gone).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(gone)
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    LOG.info("{} connections were asked to reconnect elsewhere", all.size());
  }
}
